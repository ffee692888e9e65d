/* SPDX-License-Identifier: Apache-2.0 */
#include "display.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Beyond so many devices only their number is shown, and beyond so many problems none. */
enum { BARS_MAX = 30, BAR_WIDTH = 30, PROBLEMS_MAX = 50, PLAIN_STEP = 64 * 1024 };

const char* ajour_display_state(enum ajour_device_state state) {
    static const char* const texts[] = {"starting", "updating", "waiting",
                                        "in sync",  "retrying", "failed"};
    return texts[state];
}

void ajour_display_version(char text[AJOUR_VERSION_TEXT], const struct ajour_progress* release) {
    for (uint8_t i = 0; i < release->version_length; ++i) {
        const uint8_t byte = release->version[i];
        text[i] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
    }
    text[release->version_length] = '\0';
}

static void look_at(struct ajour_view* view, const struct ajour_device* device) {
    const struct ajour_progress* writing = ajour_client_progress(&device->client);
    view->name = device->name;
    view->state = device->state;
    view->offset = writing->offset;
    ajour_display_version(view->running, &device->flash.running.release);
    ajour_display_version(view->writing, writing);
}

int ajour_display_open(struct ajour_display* display, const struct ajour_device* devices,
                       size_t count, uint32_t release_size, bool is_quiet) {
    *display = (struct ajour_display){.devices = devices,
                                      .count = count,
                                      .release_size = release_size,
                                      .is_quiet = is_quiet,
                                      .is_terminal = isatty(STDERR_FILENO) == 1};
    display->views = calloc(count, sizeof *display->views);
    if (display->views == NULL) return -1;
    for (size_t i = 0; i < count; ++i) look_at(&display->views[i], &devices[i]);
    return 0;
}

static void erase_bars(struct ajour_display* display) {
    if (display->drawn > 0) fprintf(stderr, "\033[%zuF\033[J", display->drawn);
    display->drawn = 0;
}

static void tell_problem(struct ajour_display* display, const struct ajour_device* device) {
    const bool is_first = device->failures == 1 || device->state == AJOUR_DEVICE_FAILED;
    if (device->problem[0] == '\0' || !is_first || ++display->problems > PROBLEMS_MAX) return;
    erase_bars(display);
    fprintf(stderr, "%s: %s; %s\n", device->name, device->problem,
            device->state == AJOUR_DEVICE_FAILED ? "giving up" : "trying again");
    if (display->problems == PROBLEMS_MAX) fprintf(stderr, "further problems are not shown\n");
}

static unsigned percent(const struct ajour_display* display, uint32_t offset) {
    const uint64_t part = (uint64_t)offset * 100 / display->release_size;
    return part > 100 ? 100 : (unsigned)part;
}

static void print_amount(const struct ajour_display* display, const struct ajour_view* view) {
    if (display->release_size > 0)
        fprintf(stderr, "%3u %%  %u of %u KiB", percent(display, view->offset), view->offset / 1024,
                display->release_size / 1024);
    else
        fprintf(stderr, "%u KiB", view->offset / 1024);
}

static uint32_t step_of(const struct ajour_display* display, const struct ajour_view* view) {
    if (display->release_size > 0) return percent(display, view->offset) / 10;
    return view->offset / PLAIN_STEP;
}

static void print_plain(const struct ajour_display* display, struct ajour_view* view,
                        const struct ajour_view* before) {
    const uint32_t step = step_of(display, view);
    if (strcmp(before->running, view->running) != 0)
        fprintf(stderr, "%s: rebooted from %s into %s\n", view->name, before->running,
                view->running);
    if (view->state == AJOUR_DEVICE_IN_SYNC && before->state != AJOUR_DEVICE_IN_SYNC)
        fprintf(stderr, "%s: in sync with %s\n", view->name, view->running);
    if (view->writing[0] != '\0' && step != before->step) {
        fprintf(stderr, "%s: %s to %s  ", view->name, view->running, view->writing);
        print_amount(display, view);
        fputc('\n', stderr);
    }
    view->step = step;
}

void ajour_display_update(void* context, struct ajour_device* device) {
    struct ajour_display* display = context;
    struct ajour_view* view = &display->views[device - display->devices];
    const struct ajour_view before = *view;
    look_at(view, device);
    tell_problem(display, device);
    if (!display->is_quiet && !display->is_terminal && display->count <= BARS_MAX)
        print_plain(display, view, &before);
}

static void draw_bar(const struct ajour_display* display, const struct ajour_view* view) {
    const bool is_writing = view->writing[0] != '\0';
    unsigned filled = 0;
    if (view->state == AJOUR_DEVICE_IN_SYNC) filled = BAR_WIDTH;
    if (is_writing && display->release_size > 0)
        filled = percent(display, view->offset) * BAR_WIDTH / 100;
    fprintf(stderr, "%-16.32s [", view->name);
    for (unsigned i = 0; i < BAR_WIDTH; ++i) fputc(i < filled ? '#' : '-', stderr);
    fprintf(stderr, "] %s", view->running);
    if (is_writing) {
        fprintf(stderr, " > %s  ", view->writing);
        print_amount(display, view);
    }
    if (view->state != AJOUR_DEVICE_UPDATING)
        fprintf(stderr, "  %s", ajour_display_state(view->state));
    fputs("\033[K\n", stderr);
}

static size_t count_settled(const struct ajour_display* display) {
    size_t settled = 0;
    for (size_t i = 0; i < display->count; ++i)
        if (display->views[i].state == AJOUR_DEVICE_IN_SYNC) ++settled;
    return settled;
}

/* On a terminal at every drawing, else at each tenth of the devices. */
static void draw_number(struct ajour_display* display) {
    const size_t settled = count_settled(display);
    const bool is_news =
        settled * 10 / display->count != display->shown_settled * 10 / display->count;
    if (!display->is_terminal && !is_news) return;
    display->shown_settled = settled;
    if (display->is_terminal) erase_bars(display);
    fprintf(stderr, "%zu of %zu devices are in sync\n", settled, display->count);
    display->drawn = display->is_terminal ? 1 : 0;
}

void ajour_display_draw(struct ajour_display* display) {
    if (display->is_quiet) return;
    if (display->count > BARS_MAX) {
        draw_number(display);
    } else if (display->is_terminal) {
        if (display->drawn > 0) fprintf(stderr, "\033[%zuF", display->drawn);
        for (size_t i = 0; i < display->count; ++i) draw_bar(display, &display->views[i]);
        display->drawn = display->count;
    }
}

void ajour_display_close(struct ajour_display* display) {
    ajour_display_draw(display);
    free(display->views);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* ajour-device: devices of the client runtime as a program. */
#include "clock.h"
#include "display.h"
#include "fleet.h"
#include "options.h"
#include "summary.h"

#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { TICK_MILLISECONDS = 100, FILES_BESIDES_CONNECTIONS = 300 };

/* As many files as the system lets us have, and no more connections than that. */
static size_t bound_connections(size_t wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t room =
        limit.rlim_cur > FILES_BESIDES_CONNECTIONS ? limit.rlim_cur - FILES_BESIDES_CONNECTIONS : 1;
    return wanted < room ? wanted : (size_t)room;
}

static int start_device(struct ajour_device* device, const struct ajour_device_settings* settings,
                        const struct ajour_options* options, uint32_t number) {
    char name[AJOUR_NAME_MAX];
    char directory[AJOUR_PATH_MAX];
    const int length = options->count == 1
                           ? snprintf(name, sizeof name, "%s", options->device)
                           : snprintf(name, sizeof name, "%s-%u", options->device, number);
    if (length < 0 || length >= (int)sizeof name) {
        fprintf(stderr, "ajour-device: --device is too long\n");
        return -1;
    }
    if (ajour_file_path(directory, options->flash, name) == 0 &&
        ajour_device_start(device, settings, name, directory) == 0)
        return 0;
    fprintf(stderr, "ajour-device: the flash of %s in %s cannot be used: %s\n", name,
            options->flash, strerror(errno));
    return -1;
}

static struct ajour_device* start_devices(const struct ajour_device_settings* settings,
                                          const struct ajour_options* options) {
    struct ajour_device* devices = calloc(options->count, sizeof *devices);
    if (devices == NULL) {
        fprintf(stderr, "ajour-device: no memory for %u devices\n", options->count);
        return NULL;
    }
    for (uint32_t i = 0; i < options->count; ++i) {
        if (start_device(&devices[i], settings, options, i + 1) == 0) continue;
        free(devices);
        return NULL;
    }
    return devices;
}

/* Blocked in all threads, so that they reach nobody but the one who waits for them. */
static sigset_t block_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

/* Until all is done, the time is over, or a signal comes. */
static void watch(const struct ajour_fleet* fleet, struct ajour_display* display,
                  const struct ajour_options* options, const sigset_t* signals) {
    const struct timespec tick = {0, TICK_MILLISECONDS * 1000000L};
    const int64_t end = ajour_clock_now() + (int64_t)options->timeout * 1000;
    while (sigtimedwait(signals, NULL, &tick) < 0) {
        ajour_display_draw(display);
        if (options->once && atomic_load(&fleet->settled) == fleet->count) return;
        if (options->timeout != 0 && ajour_clock_now() >= end) return;
    }
}

static size_t count_in_sync(const struct ajour_device* devices, size_t count) {
    size_t in_sync = 0;
    for (size_t i = 0; i < count; ++i)
        if (devices[i].state == AJOUR_DEVICE_IN_SYNC) ++in_sync;
    return in_sync;
}

static int conclude(const struct ajour_options* options, const struct ajour_device* devices) {
    const size_t in_sync = count_in_sync(devices, options->count);
    if (options->summary != NULL &&
        ajour_summary_write(options->summary, devices, options->count) != 0) {
        fprintf(stderr, "ajour-device: the summary cannot be written: %s\n", strerror(errno));
        return EXIT_FAILURE;
    }
    if (!options->once || in_sync == options->count) return EXIT_SUCCESS;
    fprintf(stderr, "ajour-device: %zu of %u devices are in sync\n", in_sync, options->count);
    return EXIT_FAILURE;
}

static int run(const struct ajour_options* options, struct ajour_link_settings* link_settings,
               struct ajour_device* devices) {
    const sigset_t signals = block_signals();
    struct ajour_display display;
    struct ajour_fleet fleet = {
        .settings = {.workers =
                         options->workers < options->count ? options->workers : options->count,
                     .connections_max = bound_connections(options->connections),
                     .once = options->once},
        .devices = devices,
        .count = options->count,
        .on_turn = ajour_display_update,
        .context = &display};
    if (ajour_display_open(&display, devices, options->count, options->release_size,
                           options->quiet) != 0 ||
        ajour_fleet_start(&fleet) != 0) {
        fprintf(stderr, "ajour-device: no memory, or no threads\n");
        return EXIT_FAILURE;
    }
    watch(&fleet, &display, options, &signals);
    atomic_store(&link_settings->stopping, true);
    ajour_fleet_stop(&fleet);
    ajour_display_close(&display);
    return conclude(options, devices);
}

int main(int argc, char** argv) {
    struct ajour_options options;
    const int read = ajour_options_read(&options, argc, argv);
    if (read != 0) return read > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return EXIT_FAILURE;
    struct ajour_link_settings link_settings = {.server = options.server,
                                                .application = options.application,
                                                .password = options.password,
                                                .ca_file = options.ca_file,
                                                .insecure = options.insecure};
    const struct ajour_device_settings settings = {
        .link_kind = &ajour_http_link,
        .link_settings = &link_settings,
        .factory_version = options.version,
        .capacity = options.capacity,
        .mtu = options.mtu,
        .poll_max = options.poll_max,
        .retries_max = options.once ? options.retries : 0};
    struct ajour_device* devices = start_devices(&settings, &options);
    if (devices == NULL) return EXIT_FAILURE;
    const int result = run(&options, &link_settings, devices);
    free(devices);
    curl_global_cleanup();
    return result;
}

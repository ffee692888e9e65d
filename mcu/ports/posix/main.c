/* SPDX-License-Identifier: Apache-2.0 */
/* ajour-device: devices of the client runtime as a program. */
#include "clock.h"
#include "display.h"
#include "fleet.h"
#include "options.h"
#include "routes.h"
#include "summary.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>

enum { TICK_MILLISECONDS = 100, FILES_BESIDES_CONNECTIONS = 100 };

/* Its next turn, its link, and a share of what links have in common. */
enum { TIMERS_OF_A_DEVICE = 3, TIMERS_BESIDES = 16 };

/* As many files as the system lets us have, and no more connections than that. */
static size_t bound_connections(size_t wanted, unsigned files) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t besides = FILES_BESIDES_CONNECTIONS + limit.rlim_cur / 16; /* what links share */
    const rlim_t room = limit.rlim_cur > besides ? limit.rlim_cur - besides : 0;
    const rlim_t most = room / files > 0 ? room / files : 1;
    return wanted < most ? wanted : (size_t)most;
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

struct watcher {
    struct ajour_loop loop;
    struct ajour_fleet fleet;
    struct ajour_display display;
    const struct ajour_options* options;
    struct ajour_watch signals;
    struct ajour_timer tick;
    int64_t end;
};

static void on_signal(void* context, unsigned what) {
    struct watcher* watcher = context;
    (void)what;
    ajour_loop_stop(&watcher->loop);
}

/* Ends the loop when all is done or the time is over. */
static void on_tick(void* context) {
    struct watcher* watcher = context;
    const struct ajour_options* options = watcher->options;
    ajour_display_draw(&watcher->display);
    const bool is_done = options->once && watcher->fleet.settled == watcher->fleet.count;
    if (is_done || (options->timeout != 0 && ajour_clock_now() >= watcher->end))
        ajour_loop_stop(&watcher->loop);
    else
        ajour_loop_set_timer(&watcher->loop, &watcher->tick, TICK_MILLISECONDS);
}

static int watch_signals(struct watcher* watcher) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    const int fd = signalfd(-1, &signals, SFD_CLOEXEC);
    watcher->signals = (struct ajour_watch){.fd = fd, .ready = on_signal, .context = watcher};
    return fd >= 0 ? ajour_loop_watch(&watcher->loop, &watcher->signals, AJOUR_READABLE) : -1;
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

static int run(struct watcher* watcher, struct ajour_device* devices) {
    const struct ajour_options* options = watcher->options;
    const unsigned files = ajour_routes_files(devices[0].settings->routes, options->server_count);
    watcher->fleet =
        (struct ajour_fleet){.connections_max = bound_connections(options->connections, files),
                             .once = options->once,
                             .loop = &watcher->loop,
                             .devices = devices,
                             .count = options->count,
                             .on_turn = ajour_display_update,
                             .context = &watcher->display};
    if (watch_signals(watcher) != 0 ||
        ajour_display_open(&watcher->display, devices, options->count, options->release_size,
                           options->quiet) != 0 ||
        ajour_fleet_start(&watcher->fleet) != 0) {
        fprintf(stderr, "ajour-device: no memory\n");
        return EXIT_FAILURE;
    }
    watcher->tick = (struct ajour_timer){.expired = on_tick, .context = watcher};
    watcher->end = ajour_clock_now() + (int64_t)options->timeout * 1000;
    on_tick(watcher);
    ajour_loop_run(&watcher->loop);
    ajour_fleet_stop(&watcher->fleet);
    ajour_display_close(&watcher->display);
    return conclude(options, devices);
}

static int start_and_run(struct watcher* watcher, struct ajour_route* routes) {
    const struct ajour_options* options = watcher->options;
    const struct ajour_device_settings settings = {
        .routes = routes,
        .route_count = options->server_count,
        .switch_after = options->switch_after,
        .factory_version = options->version,
        .capacity = options->capacity,
        .mtu = options->mtu,
        .poll_max = options->poll_max,
        .retries_max = options->once ? options->retries : 0};
    struct ajour_device* devices = start_devices(&settings, options);
    if (devices == NULL) return EXIT_FAILURE;
    const int result = run(watcher, devices);
    free(devices);
    return result;
}

int main(int argc, char** argv) {
    struct ajour_options options;
    const int read = ajour_options_read(&options, argc, argv);
    if (read != 0) return read > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    const struct ajour_link_settings settings = {
        .application = options.application,
        .password = options.password[0] != '\0' ? options.password : NULL,
        .ca_file = options.ca_file,
        .certificate_file = options.certificate_file,
        .key_file = options.key_file,
        .psk = options.psk,
        .psk_length = options.psk_length,
        .mqtt_user = options.mqtt_user,
        .mqtt_publish = options.mqtt_publish,
        .mqtt_subscribe = options.mqtt_subscribe,
        .command_max = ajour_device_command_max(options.mtu),
        .insecure = options.insecure};
    struct watcher watcher = {.options = &options};
    struct ajour_route routes[AJOUR_ROUTES_MAX];
    const size_t timers_max = (size_t)options.count * TIMERS_OF_A_DEVICE + TIMERS_BESIDES;
    if (ajour_loop_open(&watcher.loop, timers_max) != 0) return EXIT_FAILURE;
    int result = EXIT_FAILURE;
    if (ajour_routes_prepare(routes, &options, &settings, &watcher.loop) == 0) {
        result = start_and_run(&watcher, routes);
        ajour_routes_finish(routes, options.server_count);
    }
    ajour_loop_close(&watcher.loop);
    return result;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_BACKOFF = 500, BACKOFF_MAX = 30000, WRONG_DIGESTS_MAX = 3, ENCODING_SLACK = 256 };

/* As after power on: looks into the flash what runs, and how far the next release got. */
static int boot(struct ajour_device* device, const char* directory) {
    const struct ajour_device_settings* settings = device->settings;
    if (ajour_flash_open(&device->flash, directory, settings->factory_version,
                         settings->capacity) != 0)
        return -1;
    const struct ajour_progress* release = &device->flash.running.release;
    if (ajour_client_init(&device->client, &device->flash.storage, release->version,
                          release->version_length, settings->mtu) != AJOUR_OK) {
        errno = EINVAL;
        return -1;
    }
    return 0;
}

int ajour_device_start(struct ajour_device* device, const struct ajour_device_settings* settings,
                       const char* name, const char* directory) {
    memset(device, 0, sizeof *device);
    device->settings = settings;
    if (snprintf(device->name, sizeof device->name, "%s", name) >= (int)sizeof device->name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return boot(device, directory);
}

size_t ajour_device_command_max(uint32_t mtu) {
    return AJOUR_COMMAND_OVERHEAD + ENCODING_SLACK + (size_t)mtu;
}

static int64_t fail(struct ajour_device* device, const char* problem) {
    const uint32_t retries_max = device->settings->retries_max;
    snprintf(device->problem, sizeof device->problem, "%s", problem);
    ++device->failures;
    const bool gives_up = (retries_max != 0 && device->failures > retries_max) ||
                          device->wrong_digests >= WRONG_DIGESTS_MAX;
    device->state = gives_up ? AJOUR_DEVICE_FAILED : AJOUR_DEVICE_RETRYING;
    int64_t backoff = FIRST_BACKOFF;
    for (uint32_t i = 1; i < device->failures && backoff < BACKOFF_MAX; ++i) backoff *= 2;
    const int64_t poll_max = (int64_t)device->settings->poll_max * 1000;
    if (backoff > BACKOFF_MAX) backoff = BACKOFF_MAX;
    return poll_max != 0 && backoff > poll_max ? poll_max : backoff;
}

static const char* text_of(int result) {
    switch (result) {
        case AJOUR_MALFORMED:
            return "the answer is no command";
        case AJOUR_UNEXPECTED:
            return "the command does not fit what the device runs or writes";
        case AJOUR_TOO_BIG:
            return "the version, the block or the release is too big for the device";
        case AJOUR_STORAGE:
            return "the flash failed";
        case AJOUR_DIGEST:
            return "the flash does not hold what the server's SHA-256 names";
        default:
            return "the command was refused";
    }
}

static int64_t refuse(struct ajour_device* device, int result) {
    if (result == AJOUR_DIGEST) ++device->wrong_digests;
    return fail(device, text_of(result));
}

static int64_t reboot(struct ajour_device* device) {
    char directory[AJOUR_PATH_MAX];
    strcpy(directory, device->flash.directory);
    if (boot(device, directory) != 0) return fail(device, strerror(errno));
    ++device->swaps;
    device->wrong_digests = 0;
    return 0;
}

static int64_t obey(struct ajour_device* device, const struct ajour_next* next) {
    const uint32_t poll_max = device->settings->poll_max;
    const uint32_t seconds = poll_max != 0 && next->seconds > poll_max ? poll_max : next->seconds;
    device->failures = 0;
    device->problem[0] = '\0';
    ++device->commands[device->route];
    if (next->action == AJOUR_REBOOT) return reboot(device);
    device->state = next->action == AJOUR_SEND      ? AJOUR_DEVICE_UPDATING
                    : next->action == AJOUR_IN_SYNC ? AJOUR_DEVICE_IN_SYNC
                                                    : AJOUR_DEVICE_WAITING;
    return (int64_t)seconds * 1000;
}

static void end_turn(struct ajour_device* device, int64_t pause) {
    device->on_turn(device->context, device, pause);
}

static bool on_command(void* context, uint8_t* command, size_t length) {
    struct ajour_device* device = context;
    struct ajour_next next;
    device->bytes += length;
    const int result = ajour_client_accept(&device->client, command, length, &next);
    if (result == AJOUR_STALE) return false;
    end_turn(device, result == AJOUR_OK ? obey(device, &next) : refuse(device, result));
    return true;
}

static void on_problem(void* context, const char* problem) {
    struct ajour_device* device = context;
    end_turn(device, fail(device, problem));
}

static void connect_device(struct ajour_device* device) {
    struct ajour_route* route = &device->settings->routes[device->route];
    const struct ajour_listener listener = {on_command, on_problem, device};
    device->link = route->kind->open(route, device->name, &listener);
}

void ajour_device_take_turn(struct ajour_device* device) {
    const struct ajour_route* route = &device->settings->routes[device->route];
    uint8_t status[AJOUR_STATUS_MAX];
    size_t length = 0;
    ++device->turns;
    if (device->link == NULL) connect_device(device);
    if (device->link == NULL)
        on_problem(device, "no memory for a link, or too long a name");
    else if (ajour_client_compose(&device->client, status, sizeof status, &length) != AJOUR_OK)
        on_problem(device, "the status does not fit its buffer");
    else
        route->kind->send(device->link, status, length);
}

bool ajour_device_is_settled(const struct ajour_device* device) {
    return device->state == AJOUR_DEVICE_IN_SYNC || device->state == AJOUR_DEVICE_FAILED;
}

bool ajour_device_changes_route(const struct ajour_device* device) {
    const struct ajour_device_settings* settings = device->settings;
    return settings->switch_after != 0 && device->route + 1 < settings->route_count &&
           device->commands[device->route] >= settings->switch_after;
}

void ajour_device_change_route(struct ajour_device* device) {
    ++device->route;
}

void ajour_device_disconnect(struct ajour_device* device) {
    if (device->link == NULL) return;
    device->settings->routes[device->route].kind->close(device->link);
    device->link = NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include "clock.h"

#include <stdlib.h>
#include <time.h>

/* While connections are short a device takes some turns in a row on the one that it has. */
enum { TURNS_IN_A_ROW = 64 };

static void wait_until(struct ajour_fleet* fleet, int64_t time) {
    const struct timespec until = {(time_t)(time / 1000), (long)(time % 1000) * 1000000};
    pthread_cond_timedwait(&fleet->changed, &fleet->mutex, &until);
}

/* The next device that is due, or NULL when the fleet stops. */
static struct ajour_device* next_device(struct ajour_fleet* fleet) {
    struct ajour_device* device = NULL;
    pthread_mutex_lock(&fleet->mutex);
    while (device == NULL && !atomic_load(&fleet->stopping)) {
        const struct ajour_due* due = ajour_schedule_first(&fleet->schedule);
        if (due == NULL)
            pthread_cond_wait(&fleet->changed, &fleet->mutex);
        else if (due->time > ajour_clock_now())
            wait_until(fleet, due->time);
        else
            device = &fleet->devices[ajour_schedule_take(&fleet->schedule)];
    }
    pthread_mutex_unlock(&fleet->mutex);
    return device;
}

static void schedule(struct ajour_fleet* fleet, const struct ajour_device* device, int64_t time) {
    pthread_mutex_lock(&fleet->mutex);
    ajour_schedule_add(&fleet->schedule, (size_t)(device - fleet->devices), time);
    pthread_cond_signal(&fleet->changed);
    pthread_mutex_unlock(&fleet->mutex);
}

static void disconnect(struct ajour_fleet* fleet, struct ajour_device* device) {
    if (device->link == NULL) return;
    ajour_device_disconnect(device);
    atomic_fetch_sub(&fleet->connections, 1);
}

static int64_t take_turn(struct ajour_fleet* fleet, struct ajour_device* device, uint8_t* buffer,
                         size_t room) {
    const bool was_connected = device->link != NULL;
    const int64_t pause = ajour_device_turn(device, buffer, room);
    if (!was_connected && device->link != NULL) atomic_fetch_add(&fleet->connections, 1);
    if (fleet->on_turn != NULL) fleet->on_turn(fleet->context, device);
    return pause;
}

static void take_turns(struct ajour_fleet* fleet, struct ajour_device* device, uint8_t* buffer,
                       size_t room) {
    const bool is_short = fleet->count > fleet->settings.connections_max;
    int left = is_short ? TURNS_IN_A_ROW : 1;
    int64_t pause = 0;
    while (pause == 0 && left-- > 0 && !atomic_load(&fleet->stopping))
        pause = take_turn(fleet, device, buffer, room);
    if (atomic_load(&fleet->connections) > fleet->settings.connections_max)
        disconnect(fleet, device);
    if (fleet->settings.once && ajour_device_is_settled(device)) {
        disconnect(fleet, device);
        atomic_fetch_add(&fleet->settled, 1);
    } else {
        schedule(fleet, device, ajour_clock_now() + pause);
    }
}

static void* work(void* context) {
    struct ajour_fleet* fleet = context;
    const size_t room = ajour_device_room(fleet->devices[0].settings);
    uint8_t* buffer = malloc(room);
    struct ajour_device* device = NULL;
    while (buffer != NULL && (device = next_device(fleet)) != NULL)
        take_turns(fleet, device, buffer, room);
    free(buffer);
    return NULL;
}

/* Conditions wait by the clock that never goes back. */
static int make_condition(pthread_cond_t* condition) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) return -1;
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    const int result = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return result == 0 ? 0 : -1;
}

int ajour_fleet_start(struct ajour_fleet* fleet) {
    fleet->threads = calloc(fleet->settings.workers, sizeof *fleet->threads);
    if (fleet->threads == NULL || ajour_schedule_open(&fleet->schedule, fleet->count) != 0 ||
        pthread_mutex_init(&fleet->mutex, NULL) != 0 || make_condition(&fleet->changed) != 0)
        return -1;
    const int64_t now = ajour_clock_now();
    for (size_t i = 0; i < fleet->count; ++i) {
        if (fleet->settings.once && ajour_device_is_settled(&fleet->devices[i]))
            atomic_fetch_add(&fleet->settled, 1);
        else
            ajour_schedule_add(&fleet->schedule, i, now);
    }
    for (; fleet->started < fleet->settings.workers; ++fleet->started)
        if (pthread_create(&fleet->threads[fleet->started], NULL, work, fleet) != 0) break;
    return fleet->started > 0 ? 0 : -1;
}

void ajour_fleet_stop(struct ajour_fleet* fleet) {
    atomic_store(&fleet->stopping, true);
    pthread_mutex_lock(&fleet->mutex);
    pthread_cond_broadcast(&fleet->changed);
    pthread_mutex_unlock(&fleet->mutex);
    for (size_t i = 0; i < fleet->started; ++i) pthread_join(fleet->threads[i], NULL);
    for (size_t i = 0; i < fleet->count; ++i) disconnect(fleet, &fleet->devices[i]);
    ajour_schedule_close(&fleet->schedule);
    pthread_cond_destroy(&fleet->changed);
    pthread_mutex_destroy(&fleet->mutex);
    free(fleet->threads);
}

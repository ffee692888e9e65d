/* SPDX-License-Identifier: Apache-2.0 */
/* Many devices and a few threads that take their turns when they are due. */
#ifndef AJOUR_FLEET_H
#define AJOUR_FLEET_H

#include "device.h"
#include "schedule.h"

#include <pthread.h>

struct ajour_fleet_settings {
    size_t workers;         /* threads */
    size_t connections_max; /* kept open at once between turns */
    bool once;              /* a device that is settled gets no further turn */
};

struct ajour_fleet {
    struct ajour_fleet_settings settings;
    struct ajour_device* devices; /* the caller's */
    size_t count;
    pthread_t* threads;
    size_t started;
    atomic_size_t connections;
    atomic_size_t settled; /* devices that need no further turn, with `once` */
    atomic_bool stopping;
    /* guards the schedule */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct ajour_schedule schedule;
    /* called from any worker after a device's turn */
    void (*on_turn)(void* context, struct ajour_device* device);
    void* context;
};

/* Starts the threads; every device is due at once. -1 if there is no memory or no thread. */
int ajour_fleet_start(struct ajour_fleet* fleet);

/* Ends the threads; turns that are under way end first, so tell the links to stop before. */
void ajour_fleet_stop(struct ajour_fleet* fleet);

#endif

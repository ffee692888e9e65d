/* SPDX-License-Identifier: Apache-2.0 */
/* Many devices that take their turns when they are due, in one loop. */
#ifndef AJOUR_FLEET_H
#define AJOUR_FLEET_H

#include "device.h"
#include "loop.h"

struct ajour_fleet;

/* A device's place in the fleet. */
struct ajour_seat {
    struct ajour_fleet* fleet;
    struct ajour_device* device;
    struct ajour_timer timer;
    struct ajour_seat* behind; /* in the queue of those that wait for a connection */
    int64_t due;               /* when the next turn is */
    unsigned turns_in_a_row;   /* on this connection, while others wait */
    bool is_after_turn;
};

struct ajour_fleet {
    size_t connections_max; /* kept open at once */
    bool once;              /* a device that is settled gets no further turn */
    struct ajour_loop* loop;
    struct ajour_device* devices; /* the caller's */
    size_t count;
    /* Called after a device's turn. */
    void (*on_turn)(void* context, struct ajour_device* device);
    void* context;
    /* private, but for `settled`: devices that need no further turn, with `once` */
    size_t settled;
    size_t connections;
    struct ajour_seat* seats;
    struct ajour_seat* first_waiting;
    struct ajour_seat* last_waiting;
};

/* Every device is due at once. -1 if there is no memory. */
int ajour_fleet_start(struct ajour_fleet* fleet);

/* Closes all connections; turns that are under way end unanswered. */
void ajour_fleet_stop(struct ajour_fleet* fleet);

#endif

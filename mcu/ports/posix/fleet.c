/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include "clock.h"

#include <stdlib.h>

/* While connections are short a device takes some turns in a row on the one that it has. */
enum { TURNS_IN_A_ROW = 64 };

static void take_turn(struct ajour_seat* seat) {
    struct ajour_fleet* fleet = seat->fleet;
    if (seat->device->link == NULL) {
        ++fleet->connections;
        seat->turns_in_a_row = 0;
    }
    ++seat->turns_in_a_row;
    ajour_device_take_turn(seat->device);
}

static void admit_next(struct ajour_fleet* fleet) {
    struct ajour_seat* seat = fleet->first_waiting;
    if (seat == NULL || fleet->connections >= fleet->connections_max) return;
    fleet->first_waiting = seat->behind;
    if (fleet->first_waiting == NULL) fleet->last_waiting = NULL;
    take_turn(seat);
}

static void wait_for_connection(struct ajour_seat* seat) {
    struct ajour_fleet* fleet = seat->fleet;
    seat->behind = NULL;
    if (fleet->last_waiting != NULL)
        fleet->last_waiting->behind = seat;
    else
        fleet->first_waiting = seat;
    fleet->last_waiting = seat;
}

static void disconnect(struct ajour_seat* seat) {
    if (seat->device->link == NULL) return;
    ajour_device_disconnect(seat->device);
    --seat->fleet->connections;
    admit_next(seat->fleet);
}

static bool must_make_room(const struct ajour_seat* seat) {
    const bool is_idle = seat->due > ajour_clock_now();
    return seat->fleet->first_waiting != NULL &&
           (is_idle || seat->turns_in_a_row >= TURNS_IN_A_ROW);
}

/* False if the device needs no further turn. */
static bool look_after(struct ajour_seat* seat) {
    struct ajour_device* device = seat->device;
    seat->is_after_turn = false;
    if (device->link == NULL) { /* it could not be opened */
        --seat->fleet->connections;
        admit_next(seat->fleet);
    }
    const bool is_over = seat->fleet->once && ajour_device_is_settled(device);
    const bool changes = ajour_device_changes_route(device);
    if (is_over || changes || must_make_room(seat)) disconnect(seat);
    if (changes) ajour_device_change_route(device);
    if (is_over) ++seat->fleet->settled;
    return !is_over;
}

static void on_time(void* context) {
    struct ajour_seat* seat = context;
    struct ajour_fleet* fleet = seat->fleet;
    if (seat->is_after_turn && !look_after(seat)) return;
    const int64_t pause = seat->due - ajour_clock_now();
    if (pause > 0)
        ajour_loop_set_timer(fleet->loop, &seat->timer, pause);
    else if (seat->device->link == NULL && fleet->connections >= fleet->connections_max)
        wait_for_connection(seat);
    else
        take_turn(seat);
}

static void on_turn(void* context, struct ajour_device* device, int64_t pause) {
    struct ajour_seat* seat = context;
    seat->due = ajour_clock_now() + pause;
    seat->is_after_turn = true;
    ajour_loop_set_timer(seat->fleet->loop, &seat->timer, 0);
    if (seat->fleet->on_turn != NULL) seat->fleet->on_turn(seat->fleet->context, device);
}

int ajour_fleet_start(struct ajour_fleet* fleet) {
    fleet->seats = calloc(fleet->count, sizeof *fleet->seats);
    if (fleet->seats == NULL) return -1;
    for (size_t i = 0; i < fleet->count; ++i) {
        struct ajour_seat* seat = &fleet->seats[i];
        *seat = (struct ajour_seat){.fleet = fleet,
                                    .device = &fleet->devices[i],
                                    .timer = {.expired = on_time, .context = seat}};
        seat->device->on_turn = on_turn;
        seat->device->context = seat;
        ajour_loop_set_timer(fleet->loop, &seat->timer, 0);
    }
    return 0;
}

void ajour_fleet_stop(struct ajour_fleet* fleet) {
    fleet->first_waiting = NULL;
    for (size_t i = 0; i < fleet->count; ++i) {
        ajour_loop_cancel_timer(fleet->loop, &fleet->seats[i].timer);
        ajour_device_disconnect(&fleet->devices[i]);
    }
    free(fleet->seats);
}

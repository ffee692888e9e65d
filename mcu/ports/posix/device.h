/* SPDX-License-Identifier: Apache-2.0 */
/* One device: its flash, its client, its link, and what happened to it. */
#ifndef AJOUR_DEVICE_H
#define AJOUR_DEVICE_H

#include "ajour/ajour_client.h"
#include "flash.h"
#include "link.h"

enum ajour_device_state {
    AJOUR_DEVICE_STARTING,
    AJOUR_DEVICE_UPDATING,
    AJOUR_DEVICE_WAITING,
    AJOUR_DEVICE_IN_SYNC,
    AJOUR_DEVICE_RETRYING,
    AJOUR_DEVICE_FAILED
};

enum { AJOUR_NAME_MAX = 128, AJOUR_ROUTES_MAX = 4 };

/* What all devices of the process share. */
struct ajour_device_settings {
    struct ajour_route* routes;
    size_t route_count;
    uint32_t switch_after; /* commands until a device goes on over the next route; 0: never */
    const char* factory_version;
    uint32_t capacity; /* bytes of a slot */
    uint32_t mtu;
    uint32_t poll_max;    /* seconds; 0: as the server says */
    uint32_t retries_max; /* failures in a row until a device gives up; 0: never */
};

struct ajour_device {
    const struct ajour_device_settings* settings;
    char name[AJOUR_NAME_MAX];
    struct ajour_flash flash;
    struct ajour_client client;
    size_t route;
    void* link; /* NULL while there is no connection */
    /* Called when a turn ended, with the milliseconds until the next; must not call the device. */
    void (*on_turn)(void* context, struct ajour_device* device, int64_t pause);
    void* context;
    uint32_t failures;
    uint32_t wrong_digests;
    char problem[AJOUR_PROBLEM_MAX]; /* of the last failure; empty after a success */
    enum ajour_device_state state;
    uint64_t turns;
    uint64_t bytes;                      /* of commands received */
    uint64_t commands[AJOUR_ROUTES_MAX]; /* that were obeyed, by the route they came over */
    uint32_t swaps;
};

/* Powers a device on. -1 with errno set if its directory cannot be used. It must not move
 * afterwards. */
int ajour_device_start(struct ajour_device* device, const struct ajour_device_settings* settings,
                       const char* name, const char* directory);

/* Bytes of the longest command that a device with such blocks takes. */
size_t ajour_device_command_max(uint32_t mtu);

/* Sends a status; on_turn follows, also at once. Reboots after a swap. */
void ajour_device_take_turn(struct ajour_device* device);

/* Whether it has nothing left to do for --once. */
bool ajour_device_is_settled(const struct ajour_device* device);

/* Whether its next turn goes over another route; ajour_device_disconnect is due before. */
bool ajour_device_changes_route(const struct ajour_device* device);
void ajour_device_change_route(struct ajour_device* device);

/* Closes its connection, if it has one. Not from inside of on_turn. */
void ajour_device_disconnect(struct ajour_device* device);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* One device: its flash, its client, its link, and what happened to it. Used by one thread at a
 * time. */
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

enum { AJOUR_NAME_MAX = 128 };

/* What all devices of the process share. */
struct ajour_device_settings {
    const struct ajour_link_kind* link_kind;
    const struct ajour_link_settings* link_settings;
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
    void* link; /* NULL while there is no connection */
    uint32_t failures;
    uint32_t wrong_digests;
    char problem[AJOUR_PROBLEM_MAX]; /* of the last failure; empty after a success */
    enum ajour_device_state state;
    uint64_t turns;
    uint64_t bytes; /* of commands received */
    uint32_t swaps;
};

/* Powers a device on. -1 with errno set if its directory cannot be used. It must not move
 * afterwards. */
int ajour_device_start(struct ajour_device* device, const struct ajour_device_settings* settings,
                       const char* name, const char* directory);

/* Room in bytes that a turn needs for its messages. */
size_t ajour_device_room(const struct ajour_device_settings* settings);

/* One status and its command; reboots after a swap. Milliseconds until the next turn. */
int64_t ajour_device_turn(struct ajour_device* device, uint8_t* buffer, size_t room);

/* Whether it has nothing left to do for --once. */
bool ajour_device_is_settled(const struct ajour_device* device);

/* Closes its connection, if it has one. */
void ajour_device_disconnect(struct ajour_device* device);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What people see on standard error: a bar per device, or plain lines where it is no terminal. */
#ifndef AJOUR_DISPLAY_H
#define AJOUR_DISPLAY_H

#include "device.h"

#include <stdbool.h>

enum { AJOUR_VERSION_TEXT = AJOUR_VERSION_MAX + 1 };

/* What was seen of a device after its last turn. */
struct ajour_view {
    const char* name;
    enum ajour_device_state state;
    uint32_t offset;
    uint32_t step; /* of the last plain line */
    char running[AJOUR_VERSION_TEXT];
    char writing[AJOUR_VERSION_TEXT];
};

struct ajour_display {
    struct ajour_view* views;
    const struct ajour_device* devices;
    size_t count;
    uint32_t release_size; /* bytes, 0: not known */
    bool is_quiet;
    bool is_terminal;
    size_t drawn; /* lines that the next drawing replaces */
    size_t shown_settled;
    unsigned problems;
};

/* `release_size` only scales the bars. -1 if there is no memory. */
int ajour_display_open(struct ajour_display* display, const struct ajour_device* devices,
                       size_t count, uint32_t release_size, bool is_quiet);

/* Takes in what a turn changed. */
void ajour_display_update(void* display, struct ajour_device* device);

/* Draws the bars again, on a terminal. */
void ajour_display_draw(struct ajour_display* display);

/* Draws for the last time, and frees. */
void ajour_display_close(struct ajour_display* display);

/* A version as text: what is not printable becomes '?'. */
void ajour_display_version(char text[AJOUR_VERSION_TEXT], const struct ajour_progress* release);

const char* ajour_display_state(enum ajour_device_state state);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Which device has its next turn when: a heap ordered by time. Knows nothing of threads. */
#ifndef AJOUR_SCHEDULE_H
#define AJOUR_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

struct ajour_due {
    int64_t time;      /* as ajour_clock_now */
    uint64_t sequence; /* those of the same time come in the order they were added */
    size_t device;
};

struct ajour_schedule {
    struct ajour_due* heap;
    size_t length;
    size_t capacity;
    uint64_t sequence;
};

/* Room for so many devices; -1 if there is no memory. */
int ajour_schedule_open(struct ajour_schedule* schedule, size_t capacity);
void ajour_schedule_close(struct ajour_schedule* schedule);

/* Adds a device that is not in it; there is room for all. */
void ajour_schedule_add(struct ajour_schedule* schedule, size_t device, int64_t time);

/* The next one to come, or NULL. */
const struct ajour_due* ajour_schedule_first(const struct ajour_schedule* schedule);

/* Takes the next one out; there is one. */
size_t ajour_schedule_take(struct ajour_schedule* schedule);

#endif

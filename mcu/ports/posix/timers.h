/* SPDX-License-Identifier: Apache-2.0 */
/* Who is to be called when: a heap ordered by time, that knows no clock. */
#ifndef AJOUR_TIMERS_H
#define AJOUR_TIMERS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whoever waits; it must not move while it is set. All zero but for the call: not set. */
struct ajour_timer {
    void (*expired)(void* context);
    void* context;
    /* private */
    int64_t time;
    uint64_t sequence; /* those of the same time come in the order they were set */
    size_t place;      /* in the heap, from 1; 0: not set */
};

struct ajour_timers {
    struct ajour_timer** heap; /* from 1 */
    size_t length;
    uint64_t sequence;
};

/* Room for so many timers at once, which nobody may exceed; -1 if there is no memory. */
int ajour_timers_open(struct ajour_timers* timers, size_t capacity);
void ajour_timers_close(struct ajour_timers* timers);

/* Sets a timer, or sets it anew. */
void ajour_timers_set(struct ajour_timers* timers, struct ajour_timer* timer, int64_t time);

/* Unsets a timer, if it is set. */
void ajour_timers_cancel(struct ajour_timers* timers, struct ajour_timer* timer);

/* The next one to come, or NULL. */
struct ajour_timer* ajour_timers_first(const struct ajour_timers* timers);

#ifdef __cplusplus
}
#endif

#endif

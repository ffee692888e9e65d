/* SPDX-License-Identifier: Apache-2.0 */
/* The one event loop: calls those whose descriptor is ready or whose time has come. */
#ifndef AJOUR_LOOP_H
#define AJOUR_LOOP_H

#include "timers.h"

#include <stdbool.h>
#include <sys/epoll.h>

enum { AJOUR_READABLE = 1, AJOUR_WRITABLE = 2 };

/* Whoever waits for a descriptor. It must not move while it is watched. */
struct ajour_watch {
    int fd;
    void (*ready)(void* context, unsigned what);
    void* context;
    /* private */
    unsigned what; /* 0: not watched */
};

enum { AJOUR_EVENTS_MAX = 64 };

struct ajour_loop {
    /* private */
    int epoll;
    bool is_stopping;
    struct ajour_timers timers;
    struct epoll_event events[AJOUR_EVENTS_MAX]; /* those that are being handed out */
    int event_count;
};

/* `timers_max` may be set at once. -1 with errno set. */
int ajour_loop_open(struct ajour_loop* loop, size_t timers_max);
void ajour_loop_close(struct ajour_loop* loop);

/* Watches for reading, writing or both, or for others than before; -1 with errno set. */
int ajour_loop_watch(struct ajour_loop* loop, struct ajour_watch* watch, unsigned what);

/* Ends watching, if it is watched: call it before the descriptor is closed. */
void ajour_loop_unwatch(struct ajour_loop* loop, struct ajour_watch* watch);

/* Calls the timer once, after so many milliseconds; what was set before is forgotten. */
void ajour_loop_set_timer(struct ajour_loop* loop, struct ajour_timer* timer, int64_t pause);
void ajour_loop_cancel_timer(struct ajour_loop* loop, struct ajour_timer* timer);

/* Runs until ajour_loop_stop. Those who are called may watch, unwatch, set and cancel anything. */
void ajour_loop_run(struct ajour_loop* loop);
void ajour_loop_stop(struct ajour_loop* loop);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include "clock.h"

#include <limits.h>
#include <unistd.h>

int ajour_loop_open(struct ajour_loop* loop, size_t timers_max) {
    *loop = (struct ajour_loop){.epoll = epoll_create1(EPOLL_CLOEXEC)};
    if (loop->epoll < 0) return -1;
    return ajour_timers_open(&loop->timers, timers_max);
}

void ajour_loop_close(struct ajour_loop* loop) {
    close(loop->epoll);
    ajour_timers_close(&loop->timers);
}

int ajour_loop_watch(struct ajour_loop* loop, struct ajour_watch* watch, unsigned what) {
    struct epoll_event event = {.data.ptr = watch};
    if (what == watch->what) return 0;
    if ((what & AJOUR_READABLE) != 0) event.events |= EPOLLIN;
    if ((what & AJOUR_WRITABLE) != 0) event.events |= EPOLLOUT;
    const int operation = watch->what == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(loop->epoll, operation, watch->fd, &event) != 0) return -1;
    watch->what = what;
    return 0;
}

void ajour_loop_unwatch(struct ajour_loop* loop, struct ajour_watch* watch) {
    if (watch->what == 0) return;
    epoll_ctl(loop->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
    watch->what = 0;
    for (int i = 0; i < loop->event_count; ++i)
        if (loop->events[i].data.ptr == watch) loop->events[i].data.ptr = NULL;
}

void ajour_loop_set_timer(struct ajour_loop* loop, struct ajour_timer* timer, int64_t pause) {
    ajour_timers_set(&loop->timers, timer, ajour_clock_now() + pause);
}

void ajour_loop_cancel_timer(struct ajour_loop* loop, struct ajour_timer* timer) {
    ajour_timers_cancel(&loop->timers, timer);
}

/* Those that are set meanwhile wait for the next pass, or descriptors would starve. */
static void call_timers(struct ajour_loop* loop) {
    const int64_t now = ajour_clock_now();
    const uint64_t end = loop->timers.sequence;
    for (;;) {
        struct ajour_timer* timer = ajour_timers_first(&loop->timers);
        if (timer == NULL || timer->time > now || timer->sequence >= end) return;
        ajour_timers_cancel(&loop->timers, timer);
        timer->expired(timer->context);
    }
}

static int pause_of(const struct ajour_loop* loop) {
    const struct ajour_timer* timer = ajour_timers_first(&loop->timers);
    if (timer == NULL) return -1;
    const int64_t pause = timer->time - ajour_clock_now();
    return pause < 0 ? 0 : pause > INT_MAX ? INT_MAX : (int)pause;
}

/* A descriptor with an error is ready for all that its watch waits for, to run into it. */
static unsigned what_of(const struct epoll_event* event, const struct ajour_watch* watch) {
    unsigned what = 0;
    if ((event->events & EPOLLIN) != 0) what |= AJOUR_READABLE;
    if ((event->events & EPOLLOUT) != 0) what |= AJOUR_WRITABLE;
    return (event->events & (EPOLLERR | EPOLLHUP)) != 0 ? watch->what : what;
}

static void call_watches(struct ajour_loop* loop) {
    const int count = epoll_wait(loop->epoll, loop->events, AJOUR_EVENTS_MAX, pause_of(loop));
    loop->event_count = count > 0 ? count : 0;
    for (int i = 0; i < loop->event_count; ++i) {
        struct ajour_watch* watch = loop->events[i].data.ptr;
        if (watch != NULL) watch->ready(watch->context, what_of(&loop->events[i], watch));
    }
    loop->event_count = 0;
}

void ajour_loop_run(struct ajour_loop* loop) {
    while (!loop->is_stopping) {
        call_watches(loop);
        call_timers(loop);
    }
}

void ajour_loop_stop(struct ajour_loop* loop) {
    loop->is_stopping = true;
}

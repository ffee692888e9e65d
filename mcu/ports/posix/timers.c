/* SPDX-License-Identifier: Apache-2.0 */
#include "timers.h"

#include <stdbool.h>
#include <stdlib.h>

int ajour_timers_open(struct ajour_timers* timers, size_t capacity) {
    *timers = (struct ajour_timers){.heap = calloc(capacity + 1, sizeof(struct ajour_timer*))};
    return timers->heap != NULL ? 0 : -1;
}

void ajour_timers_close(struct ajour_timers* timers) {
    free(timers->heap);
}

static bool is_before(const struct ajour_timer* left, const struct ajour_timer* right) {
    return left->time != right->time ? left->time < right->time : left->sequence < right->sequence;
}

static void put(struct ajour_timers* timers, struct ajour_timer* timer, size_t place) {
    timers->heap[place] = timer;
    timer->place = place;
}

static size_t earlier_child(const struct ajour_timers* timers, size_t place) {
    const size_t left = 2 * place;
    const size_t right = left + 1;
    const bool take_right =
        right <= timers->length && is_before(timers->heap[right], timers->heap[left]);
    return take_right ? right : left;
}

/* Brings a timer to where it belongs, from a place that is free. */
static void settle(struct ajour_timers* timers, struct ajour_timer* timer, size_t place) {
    while (place > 1 && is_before(timer, timers->heap[place / 2])) {
        put(timers, timers->heap[place / 2], place);
        place /= 2;
    }
    while (2 * place <= timers->length) {
        const size_t child = earlier_child(timers, place);
        if (is_before(timer, timers->heap[child])) break;
        put(timers, timers->heap[child], place);
        place = child;
    }
    put(timers, timer, place);
}

void ajour_timers_set(struct ajour_timers* timers, struct ajour_timer* timer, int64_t time) {
    const size_t place = timer->place != 0 ? timer->place : ++timers->length;
    timer->time = time;
    timer->sequence = timers->sequence++;
    settle(timers, timer, place);
}

void ajour_timers_cancel(struct ajour_timers* timers, struct ajour_timer* timer) {
    const size_t place = timer->place;
    if (place == 0) return;
    timer->place = 0;
    struct ajour_timer* last = timers->heap[timers->length--];
    if (last != timer) settle(timers, last, place);
}

struct ajour_timer* ajour_timers_first(const struct ajour_timers* timers) {
    return timers->length > 0 ? timers->heap[1] : NULL;
}

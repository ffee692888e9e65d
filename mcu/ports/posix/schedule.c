/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

#include <stdbool.h>
#include <stdlib.h>

int ajour_schedule_open(struct ajour_schedule* schedule, size_t capacity) {
    *schedule = (struct ajour_schedule){.capacity = capacity};
    schedule->heap = calloc(capacity, sizeof *schedule->heap);
    return schedule->heap != NULL ? 0 : -1;
}

void ajour_schedule_close(struct ajour_schedule* schedule) {
    free(schedule->heap);
}

static bool is_before(const struct ajour_due* left, const struct ajour_due* right) {
    return left->time != right->time ? left->time < right->time : left->sequence < right->sequence;
}

void ajour_schedule_add(struct ajour_schedule* schedule, size_t device, int64_t time) {
    const struct ajour_due due = {time, schedule->sequence++, device};
    size_t at = schedule->length++;
    while (at > 0 && is_before(&due, &schedule->heap[(at - 1) / 2])) {
        schedule->heap[at] = schedule->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    schedule->heap[at] = due;
}

const struct ajour_due* ajour_schedule_first(const struct ajour_schedule* schedule) {
    return schedule->length > 0 ? &schedule->heap[0] : NULL;
}

static size_t earlier_child(const struct ajour_schedule* schedule, size_t at) {
    const size_t left = 2 * at + 1;
    const size_t right = left + 1;
    const bool take_right =
        right < schedule->length && is_before(&schedule->heap[right], &schedule->heap[left]);
    return take_right ? right : left;
}

size_t ajour_schedule_take(struct ajour_schedule* schedule) {
    const size_t device = schedule->heap[0].device;
    const struct ajour_due last = schedule->heap[--schedule->length];
    size_t at = 0;
    while (2 * at + 1 < schedule->length) {
        const size_t child = earlier_child(schedule, at);
        if (is_before(&last, &schedule->heap[child])) break;
        schedule->heap[at] = schedule->heap[child];
        at = child;
    }
    schedule->heap[at] = last;
    return device;
}

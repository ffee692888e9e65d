/* SPDX-License-Identifier: Apache-2.0 */
/* Lets so many in at once; the others wait in the order in which they came. */
#ifndef AJOUR_TURNSTILE_H
#define AJOUR_TURNSTILE_H

#include "loop.h"

struct ajour_visitor {
    struct ajour_timer* timer; /* expires when it was let in after it had to wait */
    bool is_inside;
    /* private */
    bool is_waiting;
    struct ajour_visitor* behind;
};

struct ajour_turnstile {
    unsigned most;
    /* private */
    unsigned inside;
    struct ajour_visitor* first;
    struct ajour_visitor* last;
};

/* True if the visitor is inside now; else it waits. */
bool ajour_turnstile_enter(struct ajour_turnstile* turnstile, struct ajour_visitor* visitor);

/* Leaves, or no longer waits; nothing happens to one that does neither. */
void ajour_turnstile_leave(struct ajour_turnstile* turnstile, struct ajour_visitor* visitor,
                           struct ajour_loop* loop);

#endif

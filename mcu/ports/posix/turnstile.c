/* SPDX-License-Identifier: Apache-2.0 */
#include "turnstile.h"

bool ajour_turnstile_enter(struct ajour_turnstile* turnstile, struct ajour_visitor* visitor) {
    visitor->is_inside = turnstile->inside < turnstile->most;
    if (visitor->is_inside) {
        ++turnstile->inside;
        return true;
    }
    visitor->is_waiting = true;
    visitor->behind = NULL;
    if (turnstile->last != NULL)
        turnstile->last->behind = visitor;
    else
        turnstile->first = visitor;
    turnstile->last = visitor;
    return false;
}

static void take_out(struct ajour_turnstile* turnstile, struct ajour_visitor* visitor) {
    struct ajour_visitor* before = NULL;
    for (struct ajour_visitor* at = turnstile->first; at != visitor; at = at->behind) before = at;
    if (before != NULL)
        before->behind = visitor->behind;
    else
        turnstile->first = visitor->behind;
    if (turnstile->last == visitor) turnstile->last = before;
    visitor->is_waiting = false;
}

/* By its timer, for it may fail at once and leave again. */
static void let_in_next(struct ajour_turnstile* turnstile, struct ajour_loop* loop) {
    struct ajour_visitor* next = turnstile->first;
    if (next == NULL) return;
    take_out(turnstile, next);
    next->is_inside = true;
    ++turnstile->inside;
    ajour_loop_set_timer(loop, next->timer, 0);
}

void ajour_turnstile_leave(struct ajour_turnstile* turnstile, struct ajour_visitor* visitor,
                           struct ajour_loop* loop) {
    if (visitor->is_waiting) take_out(turnstile, visitor);
    if (!visitor->is_inside) return;
    visitor->is_inside = false;
    --turnstile->inside;
    let_in_next(turnstile, loop);
}

// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"
#include "visit.hpp"

namespace ajour::hawkbit {

using sdk::Result;

namespace {

Instant now() {
    return std::chrono::steady_clock::now();
}

}  // namespace

Result<void> Visit::take_cancellation(const ActionLink& link) {
    if (link.id.empty()) return malformed("a link to cancelAction without an action's id");
    {
        const std::lock_guard lock(controller_.mutex);
        const auto& known = controller_.cancellation;
        // Answered and delivered, and yet there: hawkBit did not take it.
        const bool lost = known && known->answered &&
                          !world_.store->waits(tenant_.name(), controller_.id, link.id);
        if (known && known->action == link.id && !lost) return {};
    }
    const auto answer = tenant_.get(controller_.id, "cancelAction/" + link.id);
    const auto what = "reading the cancellation of action " + link.id;
    if (!answer) return answer.error().in(what);
    if (answer->status != 200) return unexpected(what, *answer);
    const std::lock_guard lock(controller_.mutex);
    Cancellation cancellation{link.id};
    const auto* action = controller_.action.get();
    const bool permitted = action != nullptr && action->id == link.id && action->is_open() &&
                           controller_.given_action == link.id &&
                           controller_.permitted_at != Instant{};
    // Until then the host may go by the last answer, which permitted the swap.
    constexpr std::chrono::seconds told_late{2};
    cancellation.answer_at =
        permitted ? controller_.permitted_at + world_.options.fresh + told_late : now();
    controller_.cancellation = std::move(cancellation);
    return {};
}

void Visit::answer_cancellation() {
    const std::lock_guard lock(controller_.mutex);
    auto& cancellation = controller_.cancellation;
    if (!cancellation || cancellation->answered || now() < cancellation->answer_at) return;
    cancellation->answered = true;
    auto* action = controller_.action.get();
    Action unknown;
    if (action == nullptr || action->id != cancellation->action) action = &unknown;
    if (action->phase == Phase::Succeeded) return;  // it arrived meanwhile, and hawkBit is told so
    const auto note = hawkbit::answer_cancellation(*action);
    world_.save(controller_,
                {world_.letter(controller_, cancellation->action, note, "cancelAction")});
}

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#include "visit.hpp"

namespace ajour::hawkbit {

using sdk::Result;

Result<void> Visit::take_confirmation(const ActionLink& link) {
    auto id = link.id;
    if (id.empty()) {
        const auto answer = tenant_.get(controller_.id, "confirmationBase");
        if (!answer) return answer.error().in("reading what is to be confirmed");
        if (answer->status != 200) return unexpected("reading what is to be confirmed", *answer);
        const auto found = parse_confirmation_base(answer->body);
        if (!found) return found.error().in("what is to be confirmed");
        if (!*found || (*found)->id.empty()) return {};
        id = (*found)->id;
    }
    {
        const std::lock_guard lock(controller_.mutex);
        controller_.waiting_confirmation = id;
        if (controller_.confirmation_told == id) return {};
    }
    switch (world_.options.confirmation) {
        case Confirmation::Confirm:
            return confirm(id, true);
        case Confirmation::Deny:
            return confirm(id, false);
        case Confirmation::Auto:
            return confirm_always();
        case Confirmation::Ask:
            break;
    }
    return {};
}

Result<void> Visit::confirm(const std::string& action, bool yes) {
    const auto body = confirmation_body(
        yes, yes ? "confirmed by Ajour's settings" : "denied by Ajour's settings");
    const auto answer =
        tenant_.post(controller_.id, "confirmationBase/" + action + "/feedback", body);
    const auto what = "confirming action " + action;
    if (!answer) return answer.error().in(what);
    const auto reaction = reaction_to(answer->status, answer->body);
    if (reaction != Reaction::Done && reaction != Reaction::Over) return unexpected(what, *answer);
    const std::lock_guard lock(controller_.mutex);
    controller_.confirmation_told = action;
    if (yes) controller_.waiting_confirmation.clear();
    world_.save(controller_);
    return {};
}

Result<void> Visit::confirm_always() {
    const auto answer =
        tenant_.post(controller_.id, "confirmationBase/activateAutoConfirm", auto_confirm_body());
    if (!answer) return answer.error().in("switching on auto-confirm");
    if (answer->status == 409) return {};  // it is on
    if (reaction_to(answer->status, answer->body) != Reaction::Done) {
        return unexpected("switching on auto-confirm", *answer);
    }
    const std::lock_guard lock(controller_.mutex);
    controller_.waiting_confirmation.clear();
    return {};
}

}  // namespace ajour::hawkbit

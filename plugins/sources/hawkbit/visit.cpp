// SPDX-License-Identifier: Apache-2.0
#include "visit.hpp"

#include "attributes.hpp"
#include "controller_id.hpp"
#include "json.hpp"
#include "pace.hpp"
#include "permit.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Instant now() {
    return std::chrono::steady_clock::now();
}

std::int64_t wall_clock() {
    return std::time(nullptr);
}

Error unexpected(const std::string& what, const http_client::Response& answer) {
    return {ErrorKind::Unavailable,
            what + ": " + explanation_of(answer.status, answer.body) + ", expected 200"};
}

/// Keeps the first of several.
void keep(Result<void>& outcome, Result<void> next) {
    if (outcome && !next) outcome = std::move(next);
}

}  // namespace

Instant Visit::run() {
    world_.metrics.polls.add();
    auto outcome = poll();
    if (outcome) {
        keep(outcome, tell_attributes());
        keep(outcome, tell_installed());
    }
    answer_cancellation();
    check_deadline();
    if (!outcome) world_.metrics.polls_failed.add();
    return next(outcome);
}

Instant Visit::next(const Result<void>& outcome) {
    const std::lock_guard lock(controller_.mutex);
    auto& failures = controller_.failures;
    failures = outcome ? 0 : failures + 1;
    controller_.problem = outcome ? "" : outcome.error().text;
    if (!outcome) controller_.etag.clear();  // so that the same answer is taken up once more
    if (!outcome && anew_) controller_.look_again = true;
    return next_visit(controller_, world_.options, now());
}

/// hawkBit is asked as if nothing were known of what did not work out.
void Visit::forget_what_failed() {
    const std::lock_guard lock(controller_.mutex);
    anew_ = std::exchange(controller_.look_again, false);
    if (!anew_) return;
    controller_.etag.clear();
    auto& cancellation = controller_.cancellation;
    if (cancellation && cancellation->answered) cancellation.reset();
}

Result<void> Visit::poll() {
    forget_what_failed();
    const auto answer = tenant_.get(controller_.id, "", controller_.etag);
    if (!answer) return answer.error().in("asking hawkBit after " + controller_.id);
    const bool unchanged = answer->status == 304 && !controller_.etag.empty();
    if (!unchanged && answer->status != 200) {
        return unexpected("asking hawkBit after " + controller_.id, *answer);
    }
    if (!unchanged) {
        const auto root = parse_root(answer->body);
        if (!root) return root.error().in("hawkBit's answer for " + controller_.id);
        if (auto followed = follow(*root); !followed) return followed;
        const auto* etag = answer->header("etag");
        controller_.etag = etag != nullptr && etag->size() <= 256 ? *etag : "";
    }
    const std::lock_guard lock(controller_.mutex);
    controller_.asked = true;
    controller_.asked_at = now();
    return {};
}

Result<void> Visit::follow(const RootAnswer& root) {
    if (!root.remark.empty()) world_.host.log(sdk::LogLevel::Warning, root.remark);
    controller_.sleep = root.sleep.value_or(std::chrono::seconds(300));
    controller_.wants_attributes = root.wants_attributes;
    let_go(root);
    if (root.cancel) return take_cancellation(*root.cancel);
    if (root.deployment) return take_deployment(*root.deployment);
    if (root.confirmation) return take_confirmation(*root.confirmation);
    return {};
}

/// What hawkBit does not name any more is over.
void Visit::let_go(const RootAnswer& root) {
    const auto names = [](const std::optional<ActionLink>& link, const std::string& id) {
        return link && link->id == id;
    };
    const std::lock_guard lock(controller_.mutex);
    controller_.waiting_confirmation.clear();
    auto& cancellation = controller_.cancellation;
    if (cancellation && !names(root.cancel, cancellation->action)) cancellation.reset();
    auto* action = controller_.action.get();
    if (action == nullptr || !action->is_open()) return;
    if (names(root.deployment, action->id) || names(root.cancel, action->id)) return;
    action->phase = Phase::Gone;
    world_.save(controller_);
}

bool Visit::knows(const ActionLink& link) {
    const std::lock_guard lock(controller_.mutex);
    auto* action = controller_.action.get();
    if (action == nullptr || action->id != link.id) return false;
    if (action->phase == Phase::Gone) return false;
    const bool settled = !action->is_open();
    if (anew_ && !settled) return false;
    const bool may_differ = action->soft || action->windowed;
    if (!settled && may_differ && action->state != link.state) return false;
    action->state = link.state;
    return true;
}

Result<void> Visit::take_deployment(const ActionLink& link) {
    if (link.id.empty()) return malformed("a link to deploymentBase without an action's id");
    if (knows(link)) return {};
    auto path = "deploymentBase/" + link.id;
    if (!link.state.empty()) path += "?c=" + link.state;
    world_.metrics.deployments.add();
    const auto answer = tenant_.get(controller_.id, path);
    const auto what = "reading action " + link.id;
    if (!answer) return answer.error().in(what);
    if (answer->status != 200) return unexpected(what, *answer);
    const auto deployment = parse_deployment(answer->body, "deployment");
    if (!deployment) return deployment.error().in(what);
    return accept(link, *deployment);
}

Result<void> Visit::accept(const ActionLink& link, const Deployment& deployment) {
    auto chosen = choose(deployment, world_.options.rule);
    const std::lock_guard lock(controller_.mutex);
    const bool is_new = !controller_.action || controller_.action->id != link.id;
    if (is_new) controller_.action = std::make_unique<Action>();
    auto& action = *controller_.action;
    if (is_new) {
        action.id = link.id;
        action.since = wall_clock();
        controller_.image_lost = false;
    } else {
        count_reading(action);
        action.phase = Phase::Open;
    }
    action.state = link.state;
    action.permit = permit_of(deployment.download, deployment.update, deployment.window);
    action.windowed = deployment.window != Window::None;
    action.soft =
        deployment.download == Handling::Attempt || deployment.update == Handling::Attempt;
    std::vector<Letter> letters;
    if (chosen) {
        action.chosen = std::move(*chosen);
    } else if (const auto note = fail(action, NothingChosen, chosen.error().text)) {
        letters.push_back(world_.letter(controller_, action.id, *note));
        world_.host.log(sdk::LogLevel::Warning, controller_.device.text() + ": action " +
                                                    action.id + ": " + chosen.error().text);
    }
    world_.save(controller_, letters);
    return {};
}

Result<void> Visit::take_cancellation(const ActionLink& link) {
    if (link.id.empty()) return malformed("a link to cancelAction without an action's id");
    {
        const std::lock_guard lock(controller_.mutex);
        if (controller_.cancellation) return {};
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

void Visit::check_deadline() {
    const auto deadline = world_.options.deadline.count();
    const std::lock_guard lock(controller_.mutex);
    auto* action = controller_.action.get();
    if (deadline == 0 || action == nullptr || wall_clock() < action->since + deadline) return;
    const auto note = fail(*action, DeadlinePassed,
                           "the device did not report version " + action->chosen.version +
                               " within " + std::to_string(deadline) + " s");
    if (note) world_.save(controller_, {world_.letter(controller_, action->id, *note)});
}

Result<void> Visit::tell_attributes() {
    std::string body;
    {
        const std::lock_guard lock(controller_.mutex);
        if (!world_.options.attributes || controller_.heard_at == Instant{}) return {};
        body = attributes_body(
            attributes_of(controller_.device, controller_.running, controller_.labels));
    }
    const auto stamp = stamp_of(body);
    if (!controller_.wants_attributes && controller_.attributes_told == stamp) return {};
    const auto answer = tenant_.put(controller_.id, "configData", body);
    if (!answer) return answer.error().in("telling the attributes of " + controller_.id);
    const auto reaction = reaction_to(answer->status, answer->body);
    const bool hopeless = reaction == Reaction::Wrong || reaction == Reaction::Quota;
    if (reaction != Reaction::Done && !hopeless) {
        return unexpected("telling the attributes of " + controller_.id, *answer);
    }
    if (hopeless) {
        world_.host.log(sdk::LogLevel::Warning, "hawkBit does not take the attributes of " +
                                                    controller_.device.text() + ": " +
                                                    explanation_of(answer->status, answer->body));
    }
    const std::lock_guard lock(controller_.mutex);
    controller_.wants_attributes = false;
    controller_.attributes_told = stamp;
    world_.save(controller_);
    return {};
}

/// Only what hawkBit cannot know: the device runs something that no action of it brought.
Result<void> Visit::tell_installed() {
    std::string name, version;
    {
        const std::lock_guard lock(controller_.mutex);
        const auto* action = controller_.action.get();
        const bool brought = action != nullptr && action->chosen.version == controller_.running;
        const bool busy = action != nullptr && action->is_open();
        if (world_.options.installed_name.empty() || controller_.running.empty() || brought ||
            busy || controller_.installed_told == controller_.running) {
            return {};
        }
        name =
            replaced(world_.options.installed_name, "application", controller_.device.application);
        version = controller_.running;
    }
    const auto answer = tenant_.put(controller_.id, "installedBase", installed_body(name, version));
    if (!answer) return answer.error().in("telling what " + controller_.id + " runs");
    const auto reaction = reaction_to(answer->status, answer->body);
    if (reaction == Reaction::Again || reaction == Reaction::Throttled ||
        reaction == Reaction::Refused) {
        return unexpected("telling what " + controller_.id + " runs", *answer);
    }
    const std::lock_guard lock(controller_.mutex);
    controller_.installed_told = version;
    world_.save(controller_);
    return {};
}

}  // namespace ajour::hawkbit

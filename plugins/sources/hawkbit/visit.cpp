// SPDX-License-Identifier: Apache-2.0
#include "visit.hpp"

#include "pace.hpp"

#include <ctime>
#include <utility>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

Instant now() {
    return std::chrono::steady_clock::now();
}

/// Keeps the first of several.
void keep(Result<void>& outcome, Result<void> next) {
    if (outcome && !next) outcome = std::move(next);
}

}  // namespace

sdk::Error unexpected(const std::string& what, const http_client::Response& answer) {
    return {sdk::ErrorKind::Unavailable,
            what + ": " + explanation_of(answer.status, answer.body) + ", expected 200"};
}

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
    return next_visit(controller_, world_.options, now());
}

Result<void> Visit::poll() {
    {
        const std::lock_guard lock(controller_.mutex);
        const auto* action = controller_.action.get();
        const bool anew =
            std::exchange(controller_.told_an_end, false) || (action != nullptr && action->reread);
        if (anew) controller_.etag.clear();
    }
    const auto answer = tenant_.poll(controller_.id, controller_.etag);
    if (!answer) return answer.error().in("asking hawkBit after " + controller_.id);
    const bool unchanged = answer->status == 304 && !controller_.etag.empty();
    if (answer->status == 401) return tenant_.refusal(*answer);
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

void Visit::check_deadline() {
    const auto deadline = world_.options.deadline.count();
    const std::lock_guard lock(controller_.mutex);
    auto* action = controller_.action.get();
    if (deadline == 0 || action == nullptr || std::time(nullptr) < action->since + deadline) return;
    const auto note = fail(*action, DeadlinePassed,
                           "the device did not report version " + action->chosen.version +
                               " within " + std::to_string(deadline) + " s");
    if (note) world_.save(controller_, {world_.letter(controller_, action->id, *note)});
}

}  // namespace ajour::hawkbit

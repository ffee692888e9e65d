// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"
#include "permit.hpp"
#include "visit.hpp"

#include <ctime>

namespace ajour::hawkbit {

using sdk::Result;

/// An action that ended and yet is there, although hawkBit was told so, is another one's of the
/// same number: of a hawkBit that was set up anew.
bool Visit::is_another(const Action& action) {
    return !action.is_open() && action.phase != Phase::Downloaded &&
           !world_.store->waits(tenant_.name(), controller_.id, action.id);
}

bool Visit::knows(const ActionLink& link) {
    const std::lock_guard lock(controller_.mutex);
    auto* action = controller_.action.get();
    if (action == nullptr || action->id != link.id) return false;
    if (action->phase == Phase::Gone) return false;
    if (is_another(*action)) {
        controller_.action.reset();
        return false;
    }
    const bool may_differ = action->soft || action->windowed;
    const bool differs = may_differ && action->state != link.state;
    if (action->is_open() && (differs || action->reread)) return false;
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
        action.since = std::time(nullptr);
        controller_.image_lost = false;
        controller_.runs_since = {};
    } else {
        count_reading(action);
        action.phase = Phase::Open;
    }
    action.state = link.state;
    action.reread = false;
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

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"
#include "controller_id.hpp"
#include "json.hpp"
#include "visit.hpp"

namespace ajour::hawkbit {

using sdk::Result;

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

/// The end of an action says what is installed, too, and must not come after what we tell here.
bool Visit::action_tells() {
    const auto* action = controller_.action.get();
    if (action == nullptr) return false;
    return action->is_open() || world_.store->waits(tenant_.name(), controller_.id, action->id);
}

/// Only what hawkBit cannot know: the device runs something that no action of it brought.
Result<void> Visit::tell_installed() {
    std::string name, version;
    {
        const std::lock_guard lock(controller_.mutex);
        if (world_.options.installed_name.empty() || controller_.running.empty() ||
            controller_.installed_told == controller_.running || action_tells()) {
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
    if (reaction != Reaction::Done) {
        world_.host.log(sdk::LogLevel::Warning,
                        "hawkBit does not take that " + controller_.device.text() + " runs " +
                            printable(name, 48) + " " + printable(version, 48) + ": " +
                            explanation_of(answer->status, answer->body));
    }
    const std::lock_guard lock(controller_.mutex);
    controller_.installed_told = version;
    world_.save(controller_);
    return {};
}

}  // namespace ajour::hawkbit

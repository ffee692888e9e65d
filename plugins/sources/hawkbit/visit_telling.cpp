// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"
#include "controller_id.hpp"
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

// SPDX-License-Identifier: Apache-2.0
// Whom the source knows, and when hawkBit is asked after them.
#include "controller_record.hpp"
#include "hawkbit_source.hpp"
#include "pace.hpp"
#include "visit.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

Instant now() {
    return std::chrono::steady_clock::now();
}

}  // namespace

/// Of those that were known before, spread over the interval at which hawkBit expects them.
Result<void> HawkbitSource::restore() {
    const auto stored = world_.store->controllers();
    if (!stored) return stored.error();
    const std::chrono::milliseconds window =
        std::max(world_.options.poll_min, std::chrono::seconds(60));
    for (const auto& row : *stored) {
        const auto& connections = world_.options.connections;
        const auto at = std::find_if(connections.begin(), connections.end(),
                                     [&](const auto& c) { return c.name == row.connection; });
        if (at == connections.end()) continue;
        const auto visit_at = now() + spread(window, 100, chance());
        const auto found =
            world_.controllers.take(static_cast<std::size_t>(at - connections.begin()),
                                    row.controller, {row.application, row.device}, visit_at);
        if (found) hawkbit::restore(*found->controller, row.record);
    }
    world_.metrics.controllers.set(static_cast<std::int64_t>(world_.controllers.size()));
    return {};
}

Result<std::shared_ptr<Controller>> HawkbitSource::controller_of(const Place& place,
                                                                 const sdk::DeviceId& device) {
    auto found = world_.controllers.take(place.connection, place.controller, device, now());
    if (!found) {
        world_.metrics.controllers_refused.add();
        return found.error();
    }
    if (found->replaced) {
        const auto& old = *found->replaced;
        const auto& connection = world_.options.connections[old.connection].name;
        if (auto done = world_.store->forget(connection, old.id); !done) return done.error();
    }
    if (found->added) {
        const std::lock_guard lock(found->controller->mutex);
        world_.save(*found->controller);
    }
    world_.metrics.controllers.set(static_cast<std::int64_t>(world_.controllers.size()));
    return found->controller;
}

void HawkbitSource::visit_if_unknown(Controller& controller) {
    {
        const std::lock_guard lock(controller.mutex);
        if (controller.is_known() || controller.failures > 0) return;
    }
    if (!world_.tenant_of(controller).may_read(now())) return;
    if (world_.controllers.claim(controller)) visit(controller);
}

bool HawkbitSource::forget_when_idle(Controller& controller) {
    {
        const std::lock_guard lock(controller.mutex);
        const auto last = std::max(controller.heard_at, controller.known_since);
        if (now() < last + world_.options.controllers_idle) return false;
    }
    world_.controllers.forget(controller);
    world_.metrics.controllers.set(static_cast<std::int64_t>(world_.controllers.size()));
    const auto& connection = world_.options.connections[controller.connection].name;
    const auto forgotten = world_.store->forget(connection, controller.id);
    if (!forgotten) world_.host.log(sdk::LogLevel::Error, forgotten.error().text);
    return true;
}

/// The controller is claimed.
void HawkbitSource::visit(Controller& controller) {
    if (forget_when_idle(controller)) return;
    Visit conversation(world_, controller);
    const auto next = conversation.run();
    world_.controllers.give_back(controller, next);
}

bool HawkbitSource::visit_next() {
    const auto at = now();
    const auto controller = world_.controllers.claim_due(
        at, [&](const Controller& due) { return world_.tenant_of(due).may_read(at); });
    if (!controller) return false;
    visit(*controller);
    return true;
}

}  // namespace ajour::hawkbit

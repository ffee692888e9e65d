// SPDX-License-Identifier: Apache-2.0
// Whom the source knows, and when hawkBit is asked after them.
#include <ajour/sdk/guard.hpp>

#include "controller_record.hpp"
#include "hawkbit_source.hpp"
#include "pace.hpp"
#include "visit.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr std::chrono::seconds AfterThrow{60};

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
    auto& tenant = world_.tenant_of(controller);
    if (!tenant.may_read(now()) || !world_.controllers.claim(controller)) return;
    if (tenant.begin_poll(now())) return visit(controller);
    world_.controllers.give_back(controller, now());
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

/// The controller is claimed, and the poll begun.
void HawkbitSource::visit(Controller& controller) {
    if (forget_when_idle(controller)) return;
    world_.metrics.polls_running.add(1);
    const auto next =
        sdk::guarded([&]() -> Result<Instant> { return Visit(world_, controller).run(); });
    world_.metrics.polls_running.add(-1);
    world_.controllers.give_back(controller, next ? *next : now() + AfterThrow);
    if (!next) world_.host.log(sdk::LogLevel::Error, "asking hawkBit: " + next.error().text);
}

Result<bool> HawkbitSource::visit_due(std::size_t connection) {
    const auto at = now();
    auto& tenant = *world_.tenants[connection];
    if (!tenant.may_read(at)) return false;
    const auto controller = world_.controllers.claim_due(connection, at);
    if (!controller) return false;
    if (!tenant.begin_poll(at)) {  // another poll took the last request
        world_.controllers.give_back(*controller, at);
        return false;
    }
    visit(*controller);
    return true;
}

bool HawkbitSource::visit_next(std::size_t connection) noexcept {
    const auto visited = sdk::guarded([&] { return visit_due(connection); });
    if (visited) return *visited;
    world_.host.log(sdk::LogLevel::Error, "asking hawkBit: " + visited.error().text);
    return false;
}

void HawkbitSource::wake_pollers() {
    std::chrono::milliseconds latest{0};
    for (std::size_t i = 0; i < world_.tenants.size(); ++i) {
        const auto at = now();
        const auto due = world_.controllers.next_due(i);
        if (!due || *due > at) continue;
        latest = std::max(latest, std::chrono::duration_cast<std::chrono::milliseconds>(at - *due));
        if (world_.tenants[i]->may_read(at)) pollers_.wake(i);
    }
    world_.metrics.poll_delay.set(std::chrono::duration_cast<std::chrono::seconds>(latest).count());
}

}  // namespace ajour::hawkbit

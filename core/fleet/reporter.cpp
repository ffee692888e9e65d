// SPDX-License-Identifier: Apache-2.0
#include "fleet/reporter.hpp"

#include "fleet/conditions.hpp"

#include <utility>

namespace ajour::fleet {

using sdk::Result;

Reporter::Reporter(Parts parts, std::size_t batch_max, sdk::Metric& reported, sdk::Metric& failed,
                   std::function<void(const std::string&)> complain)
    : parts_(parts),
      batch_max_(batch_max),
      reported_(reported),
      failed_(failed),
      complain_(std::move(complain)) {}

void Reporter::flush() {
    while (true) {
        const auto changes = parts_.fleet.collect(batch_max_);
        if (changes.empty()) return;
        if (!flush_batch(changes) || changes.size() < batch_max_) return;
    }
}

bool Reporter::flush_batch(const std::vector<Fleet::Change>& changes) {
    auto stored = report(changes);
    if (stored) stored = save_flights(changes);
    for (const auto& change : changes) {
        if (change.observe) observe(change);
        if (!stored) parts_.fleet.put_back(change);
    }
    if (!stored) {
        failed_.add();
        complain_("storing what " + std::to_string(changes.size()) +
                  " devices reported: " + stored.error().text);
    }
    return stored.ok();
}

Result<void> Reporter::report(const std::vector<Fleet::Change>& changes) {
    std::vector<sdk::Report> reports;
    const auto now = std::chrono::system_clock::now();
    for (const auto& change : changes) {
        if (!change.report_due) continue;
        const auto standing = change.supply ? change.supply->standing() : nullptr;
        reports.push_back(
            make_report(change.device, change.reported, standing.get(), change.problem, now));
    }
    if (reports.empty()) return {};
    reported_.add(static_cast<std::int64_t>(reports.size()));
    return parts_.registry.try_report(reports);
}

Result<void> Reporter::save_flights(const std::vector<Fleet::Change>& changes) {
    std::vector<FlightLog::Row> rows;
    for (const auto& change : changes) {
        if (change.flight_due) rows.emplace_back(change.device, print_flight(change.flight));
    }
    return rows.empty() ? Result<void>() : parts_.flights.save(rows);
}

void Reporter::observe(const Fleet::Change& change) {
    const auto event = event_of(change.reported);
    if (!event || !change.supply) return;
    const auto* hand = parts_.catalog.source(change.supply->target().source);
    if (hand == nullptr || !hand->traits.observes) return;
    const auto standing = change.supply->standing();
    sdk::Observation observation{*event,
                                 change.device,
                                 change.supply->target(),
                                 standing->assignment,
                                 change.reported.target,
                                 change.reported.offset,
                                 change.reported.size,
                                 standing->problem,
                                 std::chrono::system_clock::now()};
    hand->crew->post([port = hand->port, observation = std::move(observation)] {
        (void)port->try_observe(observation);
    });
}

}  // namespace ajour::fleet

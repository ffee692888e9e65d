// SPDX-License-Identifier: Apache-2.0
#include "fleet/reporter.hpp"

#include "fleet/conditions.hpp"

#include <utility>

namespace ajour::fleet {

using sdk::Result;

namespace {

sdk::Observation step_of(const Fleet::Change& change) {
    const auto& standing = *change.standing;
    return {*event_of(change.reported),
            change.device,
            change.supply->target(),
            standing.assignment,
            standing.release.version,
            change.reported.offset,
            change.reported.size,
            standing.problem,
            std::chrono::system_clock::now()};
}

sdk::Observation failure_of(const Fleet::Change& change) {
    const auto& failing = change.standing->failing;
    return {sdk::Observation::Event::Failed,
            change.device,
            change.supply->target(),
            failing.assignment,
            failing.version,
            0,
            0,
            change.standing->problem,
            std::chrono::system_clock::now()};
}

}  // namespace

Reporter::Reporter(Parts parts, std::size_t batch_max, sdk::Metric& reported, sdk::Metric& failed,
                   std::function<void(const std::string&)> complain)
    : parts_(parts),
      batch_max_(batch_max),
      reported_(reported),
      failed_(failed),
      complain_(std::move(complain)) {}

void Reporter::flush() {
    Changes untold;  // put back at the end, so that they are not in the way of the others
    while (true) {
        auto changes = parts_.fleet.collect(batch_max_);
        if (changes.empty() || !flush_batch(changes, untold) || changes.size() < batch_max_) break;
    }
    for (const auto& change : untold) parts_.fleet.put_back_news(change);
}

bool Reporter::flush_batch(Changes& changes, Changes& untold) {
    auto stored = report(changes);
    if (stored) stored = save_flights(changes);
    for (auto& change : changes) {
        if (!stored) parts_.fleet.put_back(change);
        if (!tell(change)) untold.push_back(std::move(change));
    }
    if (!stored) {
        failed_.add();
        auto complaint = "storing what " + std::to_string(changes.size()) +
                         " devices reported: " + stored.error().text;
        complain_(complaint);
        note(std::move(complaint));
    } else {
        note({});
    }
    return stored.ok();
}

void Reporter::note(std::string trouble) {
    const std::lock_guard lock(mutex_);
    trouble_ = std::move(trouble);
}

std::string Reporter::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

Result<void> Reporter::report(const std::vector<Fleet::Change>& changes) {
    std::vector<sdk::Report> reports;
    const auto now = std::chrono::system_clock::now();
    for (const auto& change : changes) {
        if (!change.report_due) continue;
        reports.push_back(make_report(change.device, change.reported,
                                      {change.standing.get(), change.problem, change.forecast},
                                      now));
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

/// False: its source has no room for the news now.
bool Reporter::tell(const Fleet::Change& change) const {
    const auto* hand =
        change.news.any() ? parts_.catalog.source(change.supply->target().source) : nullptr;
    if (hand == nullptr || !hand->traits.observes) return true;
    bool told = true;
    if (change.news.step) told = post(*hand, step_of(change));
    if (change.news.failure) told = post(*hand, failure_of(change)) && told;
    return told;
}

bool Reporter::post(const firmware::SourceHand& hand, sdk::Observation observation) const {
    auto& crew = hand.crew_for(observation.target);
    return crew.post([port = hand.port, seen = std::move(observation), complain = complain_] {
        const auto told = port->try_observe(seen);
        if (told) return;
        complain("telling source " + seen.target.source + " of " + seen.device.text() + ": " +
                 told.error().text);
    });
}

}  // namespace ajour::fleet

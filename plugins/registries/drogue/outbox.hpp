// SPDX-License-Identifier: Apache-2.0
// Statuses on their way to the cloud: of each device the latest one, and not more often than it is
// worth a request. Bounded. [any]
#pragma once

#include <ajour/sdk/registry.hpp>

#include "gist.hpp"
#include "metrics.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace ajour::drogue_registry {

class Outbox {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Milliseconds = std::chrono::milliseconds;

    struct Rules {
        std::size_t devices_max;
        int step;               ///< percent of progress that are worth a request
        Milliseconds settle;    ///< how long other news wait for more
        Milliseconds interval;  ///< between two statuses that differ in progress alone
        int turns;              ///< and what else must have come between; or else
        Milliseconds interval_max;
    };
    Outbox(const Rules& rules, Metrics& metrics) : rules_(rules), metrics_(metrics) {}

    /// False: no room.
    bool put(const sdk::Report& report, Instant now);

    /// The next that is due; waits for it. Nothing: it is closed and empty.
    std::optional<sdk::Report> next();
    /// What became of that one. A newer one of the device may have come meanwhile.
    void written(const sdk::Report& report, Instant now);
    void gone(const sdk::DeviceId& device);
    void again(const sdk::Report& report, Instant due);

    /// Makes the device's next status news, whatever was written before.
    void forget(const sdk::DeviceId& device);

    /// What the cloud does not have yet.
    std::optional<sdk::Report> waiting(const sdk::DeviceId& device) const;

    /// All that waits is due now, and `next` ends when it is out; what fails is dropped.
    void close();
    void await_empty(Instant deadline);

private:
    struct Entry {
        std::optional<sdk::Report> next;
        Instant due{};                       // of `next`
        std::optional<sdk::Report> writing;  // is with a writer
        std::optional<Gist> shown;           // by the cloud, or soon
        Instant shown_at{}, heard_at{};      // the latter: for the first time
        int turns = 0;                       // that were put since
        bool idle_listed = false;
    };
    using Map = std::map<sdk::DeviceId, Entry>;

    Map::iterator place_for(const sdk::DeviceId& device, Instant now);
    bool make_room();
    Instant due_of(const Entry& entry, const Gist& gist, Instant now) const;
    void schedule(const sdk::DeviceId& device, Entry& entry, Instant due);
    void unschedule(const sdk::DeviceId& device, Entry& entry);
    void rest(const sdk::DeviceId& device, Entry& entry);
    void count();

    const Rules rules_;
    Metrics& metrics_;
    mutable std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    Map entries_;
    std::set<std::pair<Instant, sdk::DeviceId>> due_;  // of entries that are not with a writer
    std::deque<sdk::DeviceId> idle_;                   // may be forgotten, in this order
    std::size_t writing_ = 0;
    bool closed_ = false;
};

}  // namespace ajour::drogue_registry

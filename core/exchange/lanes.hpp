// SPDX-License-Identifier: Apache-2.0
// One lane per device that has statuses waiting: first in, first out, bounded each and in all.
#pragma once

#include <ajour/sdk/host.hpp>

#include "exchange/parked.hpp"

#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace ajour::exchange {

class Lanes {
public:
    struct Limits {
        std::size_t depth = 4;          ///< waiting per device
        std::size_t waiting = 100'000;  ///< waiting in all
    };
    Lanes(const Limits& limits, sdk::Metric& waiting) : limits_(limits), waiting_metric_(waiting) {}

    enum class Place : std::uint8_t { First, Behind, None };
    /// First: its turn may begin now. None: full.
    Place join(const std::shared_ptr<Parked>& parked);

    /// Takes an answered status out; gives the one whose turn begins now, or null.
    std::shared_ptr<Parked> leave(const std::shared_ptr<Parked>& parked);

    /// Those whose deadline has passed, the oldest first; all, when `everything`.
    std::vector<std::shared_ptr<Parked>> overdue(work::Instant now, bool everything) const;

private:
    using Order = std::list<std::shared_ptr<Parked>>;
    struct Entry {
        std::shared_ptr<Parked> parked;
        Order::iterator place;
    };
    using Queues =
        std::unordered_map<sdk::DeviceId, std::deque<Entry>, sdk::DeviceHash, sdk::DeviceEqual>;

    const Limits limits_;
    sdk::Metric& waiting_metric_;
    mutable std::mutex mutex_;  // guards all below
    Queues queues_;
    Order by_deadline_;  // deadlines come in order: every status waits equally long
};

}  // namespace ajour::exchange

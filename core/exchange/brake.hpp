// SPDX-License-Identifier: Apache-2.0
// Slows down those who guess credentials: counts failures per network address over all transports.
#pragma once

#include "work/clock.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ajour::exchange {

class Brake {
public:
    struct Limits {
        unsigned failures = 10;
        std::chrono::milliseconds window{60'000};
        std::size_t addresses = 100'000;
    };

    Brake(const Limits& limits, const work::Clock& clock) : limits_(limits), clock_(clock) {}

    /// Whether that address failed too often within the window. An empty address never did. [any]
    bool stops(std::string_view address) const;

    /// How many there are now, when this one was the last that was allowed; else 0. [any]
    unsigned count_failure(std::string_view address);

private:
    struct Failures {
        std::string address;
        unsigned count = 0;
        work::Instant until{};
    };
    using Order = std::list<Failures>;

    Failures& begin(std::string_view address, work::Instant until);

    const Limits limits_;
    const work::Clock& clock_;
    mutable std::mutex mutex_;  // guards all below
    Order by_end_;              // windows end in this order: all are equally long
    std::unordered_map<std::string_view, Order::iterator> by_address_;  // keys live in by_end_
};

}  // namespace ajour::exchange

// SPDX-License-Identifier: Apache-2.0
// Time that stands still until a test moves it.
#pragma once

#include "work/clock.hpp"

#include <atomic>
#include <chrono>

namespace ajour::support {

class ManualClock final : public work::Clock {
public:
    work::Instant now() const noexcept override {
        return work::Instant(work::Instant::duration(ticks_.load()));
    }
    void advance(work::Instant::duration by) noexcept { ticks_.fetch_add(by.count()); }

private:
    // Not at the clock's epoch, where "long ago" cannot be told from "now".
    std::atomic<work::Instant::rep> ticks_{
        work::Instant::duration(std::chrono::hours(1000)).count()};
};

}  // namespace ajour::support

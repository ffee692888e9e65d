// SPDX-License-Identifier: Apache-2.0
// How long a cloud is left alone that does not answer, or says no to all. Pure: the time is given.
#pragma once

#include <chrono>

namespace ajour::drogue_registry {

class Pause {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Milliseconds = std::chrono::milliseconds;

    Pause(Milliseconds shortest, Milliseconds longest) noexcept
        : shortest_(shortest), longest_(longest) {}

    bool is_over(Instant now) const noexcept { return now >= end_; }
    Milliseconds left(Instant now) const;

    /// Twice the last one, and not less than the cloud asks for. A failure of a request that was
    /// under way when the pause began makes none longer.
    void begin(Instant now, Milliseconds asked);
    void reset() noexcept { last_ = Milliseconds::zero(), end_ = {}; }

private:
    const Milliseconds shortest_, longest_;
    Milliseconds last_{0};
    Instant end_{};
};

}  // namespace ajour::drogue_registry

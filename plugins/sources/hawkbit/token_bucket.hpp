// SPDX-License-Identifier: Apache-2.0
// How many requests a second. Pure: the caller says what time it is.
#pragma once

#include <algorithm>
#include <chrono>

namespace ajour::hawkbit {

/// Holds at most a second's worth. Not thread-safe.
class TokenBucket {
public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit TokenBucket(double per_second) : per_second_(per_second), tokens_(per_second) {}

    /// Whether a request may be begun.
    bool ready(Instant now) {
        fill(now);
        return tokens_ >= 1;
    }

    /// Counts a request; what follows from one that was begun may go into debt.
    void take(Instant now) {
        fill(now);
        tokens_ = std::max(tokens_ - 1, -60 * per_second_);
    }

private:
    void fill(Instant now) {
        const std::chrono::duration<double> passed = now - last_;
        if (last_ != Instant{} && passed.count() > 0) {
            tokens_ = std::min(per_second_, tokens_ + passed.count() * per_second_);
        }
        last_ = now;
    }

    double per_second_, tokens_;
    Instant last_{};
};

}  // namespace ajour::hawkbit

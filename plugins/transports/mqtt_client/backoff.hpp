// SPDX-License-Identifier: Apache-2.0
// How long to wait before the next try to connect. Pure: chance comes from the caller.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace ajour::mqtt_client {

/// Doubles from `least` to `most`. Of each delay the upper half is left to chance, so that many
/// clients of one broker do not come back all at once.
class Backoff {
public:
    Backoff(std::chrono::milliseconds least, std::chrono::milliseconds most) noexcept
        : least_(least), most_(std::max(least, most)), next_(least) {}

    /// The delay before the next try. `chance` is from 0 to 1.
    std::chrono::milliseconds next(double chance) noexcept {
        const auto whole = next_;
        next_ = std::min(most_, whole * 2);
        const auto half = whole / 2;
        return half + std::chrono::milliseconds(
                          static_cast<std::int64_t>(chance * static_cast<double>(half.count())));
    }

    void reset() noexcept { next_ = least_; }

private:
    std::chrono::milliseconds least_;
    std::chrono::milliseconds most_;
    std::chrono::milliseconds next_;
};

}  // namespace ajour::mqtt_client

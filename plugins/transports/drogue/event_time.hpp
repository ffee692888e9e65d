// SPDX-License-Identifier: Apache-2.0
// When an event was, and whether that is too long ago. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ajour::drogue {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// Reads a timestamp as RFC 3339 has them: 2023-05-17T12:34:56.789Z. Nothing when it is none.
std::optional<Moment> parse_time(std::string_view text) noexcept;

/// Which events still count.
struct Freshness {
    std::chrono::milliseconds longest_age{0};  ///< zero: any
    std::chrono::milliseconds clock_skew{0};   ///< how far the cloud's clock may be ahead

    bool is_stale(Moment event, Moment now) const noexcept;
};

}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
// How many downlinks an update still takes, and how long. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace ajour::lora {

struct Pace {
    std::uint32_t payload_bytes = 0;        ///< of a downlink
    std::uint32_t overhead_bytes = 0;       ///< of these, what is no firmware
    std::chrono::seconds between{0};        ///< uplinks, each of which takes one downlink
    std::chrono::microseconds air_time{0};  ///< of a downlink
    std::chrono::microseconds allowed{0};   ///< air time of an hour; zero: no bound
};

struct Estimate {
    std::uint64_t downlinks = 0;
    std::chrono::seconds time{0};  ///< from now to the last of them
};

/// Nothing when it never ends: no byte of firmware fits, no downlink is allowed, or the time is
/// beyond a century.
std::optional<Estimate> estimate(std::uint64_t bytes_left, const Pace& pace) noexcept;

}  // namespace ajour::lora

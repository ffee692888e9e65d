// SPDX-License-Identifier: Apache-2.0
#include "estimate.hpp"

#include <algorithm>

namespace ajour::lora {
namespace {

constexpr std::chrono::seconds century = std::chrono::hours(24 * 36525);

/// From one downlink to the next, whichever of uplinks and air time is scarcer.
std::optional<double> seconds_between(const Pace& pace) noexcept {
    const auto uplinks = static_cast<double>(std::max<std::int64_t>(pace.between.count(), 0));
    if (pace.allowed.count() <= 0) return uplinks;
    if (pace.air_time > pace.allowed) return std::nullopt;
    const auto part =
        static_cast<double>(pace.air_time.count()) / static_cast<double>(pace.allowed.count());
    return std::max(uplinks, part * 3600);
}

}  // namespace

std::optional<Estimate> estimate(std::uint64_t bytes_left, const Pace& pace) noexcept {
    if (bytes_left == 0) return Estimate{};
    if (pace.payload_bytes <= pace.overhead_bytes) return std::nullopt;
    const std::uint64_t chunk = pace.payload_bytes - pace.overhead_bytes;
    const auto downlinks = bytes_left / chunk + (bytes_left % chunk != 0 ? 1 : 0);
    const auto between = seconds_between(pace);
    if (!between) return std::nullopt;
    const auto seconds = *between * static_cast<double>(downlinks);
    if (seconds > static_cast<double>(century.count())) return std::nullopt;
    return Estimate{downlinks, std::chrono::seconds(static_cast<std::int64_t>(seconds))};
}

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
#include "answer_window.hpp"

#include <algorithm>

namespace ajour::lorawan {
namespace {

std::optional<std::uint32_t> uplink_rate(const Uplink& uplink, lora::Region region) noexcept {
    if (uplink.modulation) return lora::uplink_data_rate(region, *uplink.modulation);
    return uplink.data_rate;
}

std::uint32_t downlink_rate(const Uplink& uplink, const RadioSettings& settings) noexcept {
    const bool dwell = settings.limits.dwell;
    if (const auto rate = uplink_rate(uplink, settings.region)) {
        const auto down = lora::downlink_data_rate(settings.region, *rate, settings.offset, dwell);
        if (down) return *down;
    }
    return lora::slowest_downlink(settings.region, dwell);
}

}  // namespace

Window window_after(const Uplink& uplink, const RadioSettings& settings) noexcept {
    const auto rate = downlink_rate(uplink, settings);
    const auto bytes = lora::payload_max(settings.region, rate, settings.limits);
    return {lora::modulation_of(settings.region, rate).value_or(lora::Modulation{}),
            std::min(bytes, settings.payload_max)};
}

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
#include "answer_window.hpp"

#include <algorithm>

namespace ajour::lora {
namespace {

std::optional<std::uint32_t> rate_of(const Received& uplink, Region region) noexcept {
    if (uplink.modulation) return uplink_data_rate(region, *uplink.modulation);
    return uplink.data_rate;
}

std::uint32_t answer_rate(const Received& uplink, const Radio& radio) noexcept {
    const bool dwell = radio.limits.dwell;
    if (const auto rate = rate_of(uplink, radio.region)) {
        const auto down = downlink_data_rate(radio.region, *rate, radio.offset, dwell);
        if (down) return *down;
    }
    return slowest_downlink(radio.region, dwell);
}

Window open_at(std::uint32_t rate, const Radio& radio, bool is_second) noexcept {
    const auto bytes = payload_max(radio.region, rate, radio.limits);
    return {modulation_of(radio.region, rate).value_or(Modulation{}),
            std::min(bytes, radio.payload_max), is_second};
}

bool takes_second(std::uint32_t first_rate, const Radio& radio) noexcept {
    return radio.windows == Windows::Second || first_rate < radio.second_below;
}

}  // namespace

Window window_after(const Received& uplink, const Radio& radio) noexcept {
    const auto rate = answer_rate(uplink, radio);
    const auto first = open_at(rate, radio, false);
    const auto second_rate = radio.second_data_rate.value_or(second_data_rate(radio.region));
    const auto second = open_at(second_rate, radio, true);
    auto window = takes_second(rate, radio) ? second : first;
    if (radio.windows == Windows::Both) window.bytes = std::min(first.bytes, second.bytes);
    return window;
}

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
#include "region.hpp"

#include "region_plan.hpp"

#include <algorithm>

namespace ajour::lora {
namespace {

/// By how much RX1 is slower: tables 74 and 98 have 6 and 7 for one and two data rates faster.
std::int32_t slower_by(std::uint32_t offset) noexcept {
    const auto steps = static_cast<std::int32_t>(offset);
    return steps > 5 ? 5 - steps : steps;
}

}  // namespace

std::optional<Modulation> modulation_of(Region region, std::uint32_t data_rate) noexcept {
    const auto* row = row_of(plan_of(region), data_rate);
    if (row == nullptr) return std::nullopt;
    return row->modulation;
}

std::optional<std::uint32_t> uplink_data_rate(Region region, const Modulation& uplink) noexcept {
    for (const auto& row : plan_of(region).rows) {
        if (row.up && row.modulation == uplink) return row.data_rate;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> downlink_data_rate(Region region, std::uint32_t uplink_data_rate,
                                                std::uint32_t offset, bool dwell) noexcept {
    const auto& plan = plan_of(region);
    const auto* row = row_of(plan, uplink_data_rate);
    if (row == nullptr || !row->up) return std::nullopt;
    const auto wanted = static_cast<std::int32_t>(uplink_data_rate + plan.uplink_shift) -
                        slower_by(std::min(offset, plan.offset_max));
    const auto rate = static_cast<std::uint32_t>(
        std::clamp(wanted, static_cast<std::int32_t>(slowest_downlink(region, dwell)),
                   static_cast<std::int32_t>(plan.fastest)));
    return row_of(plan, rate) == nullptr ? rate - 1 : rate;  // IN865 has no data rate 6
}

std::uint32_t slowest_downlink(Region region, bool dwell) noexcept {
    const auto& plan = plan_of(region);
    return plan.slowest == 0 && plan.has_dwell && dwell ? 2 : plan.slowest;
}

bool is_downlink_data_rate(Region region, std::uint32_t data_rate) noexcept {
    const auto* row = row_of(plan_of(region), data_rate);
    return row != nullptr && row->down;
}

std::uint32_t second_data_rate(Region region) noexcept {
    return plan_of(region).second_data_rate;
}

std::uint32_t offset_max(Region region) noexcept {
    return plan_of(region).offset_max;
}

std::uint32_t payload_max(Region region, std::uint32_t data_rate, const Limits& limits) noexcept {
    const auto& plan = plan_of(region);
    const auto* row = row_of(plan, data_rate);
    if (row == nullptr) return 0;
    auto bytes = row->early_bytes != 0 && !limits.recent ? row->early_bytes : row->bytes;
    if (limits.repeaters) bytes = std::min(bytes, repeater_bytes);
    return limits.dwell && plan.has_dwell ? std::min(bytes, row->dwell_bytes) : bytes;
}

std::uint32_t duty_cycle_permille(Region region) noexcept {
    return plan_of(region).permille;
}

std::optional<std::uint32_t> second_duty_cycle_permille(Region region) noexcept {
    return plan_of(region).second_permille;
}

}  // namespace ajour::lora

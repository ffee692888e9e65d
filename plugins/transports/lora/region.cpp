// SPDX-License-Identifier: Apache-2.0
#include "region.hpp"

#include <algorithm>
#include <span>

namespace ajour::lora {
namespace {

/// A row of a region's tables of data rates and of payload sizes.
struct Row {
    std::uint32_t data_rate;
    Modulation modulation;
    bool up, down;
    std::uint32_t bytes;            ///< N of the table without repeaters
    std::uint32_t repeated_bytes;   ///< N of the table with repeaters
    std::uint32_t dwell_bytes = 0;  ///< N of the table with a dwell time, for the regions with one
};

constexpr std::uint32_t khz = 1000;
constexpr Modulation fsk{};

// Section 2.4 (EU863-870).
constexpr Row eu868[] = {
    {0, {12, 125 * khz}, true, true, 51, 51},  {1, {11, 125 * khz}, true, true, 51, 51},
    {2, {10, 125 * khz}, true, true, 51, 51},  {3, {9, 125 * khz}, true, true, 115, 115},
    {4, {8, 125 * khz}, true, true, 242, 222}, {5, {7, 125 * khz}, true, true, 242, 222},
    {6, {7, 250 * khz}, true, true, 242, 222}, {7, fsk, true, true, 242, 222},
};
// Section 2.5 (US902-928).
constexpr Row us915[] = {
    {0, {10, 125 * khz}, true, false, 11, 11},   {1, {9, 125 * khz}, true, false, 53, 53},
    {2, {8, 125 * khz}, true, false, 125, 125},  {3, {7, 125 * khz}, true, false, 242, 222},
    {4, {8, 500 * khz}, true, false, 242, 222},  {8, {12, 500 * khz}, false, true, 53, 33},
    {9, {11, 500 * khz}, false, true, 129, 109}, {10, {10, 500 * khz}, false, true, 242, 222},
    {11, {9, 500 * khz}, false, true, 242, 222}, {12, {8, 500 * khz}, false, true, 242, 222},
    {13, {7, 500 * khz}, false, true, 242, 222},
};
// Section 2.8 (AU915-928). Its dwell time is of uplinks.
constexpr Row au915[] = {
    {0, {12, 125 * khz}, true, false, 51, 51, 0},
    {1, {11, 125 * khz}, true, false, 51, 51, 0},
    {2, {10, 125 * khz}, true, false, 51, 51, 11},
    {3, {9, 125 * khz}, true, false, 115, 115, 53},
    {4, {8, 125 * khz}, true, false, 242, 222, 125},
    {5, {7, 125 * khz}, true, false, 242, 222, 242},
    {6, {8, 500 * khz}, true, false, 242, 222, 242},
    {8, {12, 500 * khz}, false, true, 53, 33, 53},
    {9, {11, 500 * khz}, false, true, 129, 109, 129},
    {10, {10, 500 * khz}, false, true, 242, 222, 242},
    {11, {9, 500 * khz}, false, true, 242, 222, 242},
    {12, {8, 500 * khz}, false, true, 242, 222, 242},
    {13, {7, 500 * khz}, false, true, 242, 222, 242},
};
// Section 2.10 (AS923).
constexpr Row as923[] = {
    {0, {12, 125 * khz}, true, true, 51, 51, 0},    {1, {11, 125 * khz}, true, true, 51, 51, 0},
    {2, {10, 125 * khz}, true, true, 51, 51, 11},   {3, {9, 125 * khz}, true, true, 115, 115, 53},
    {4, {8, 125 * khz}, true, true, 242, 222, 125}, {5, {7, 125 * khz}, true, true, 242, 222, 242},
    {6, {7, 250 * khz}, true, true, 242, 222, 242}, {7, fsk, true, true, 242, 222, 242},
};
// Section 2.12 (IN865-867).
constexpr Row in865[] = {
    {0, {12, 125 * khz}, true, true, 51, 51},
    {1, {11, 125 * khz}, true, true, 51, 51},
    {2, {10, 125 * khz}, true, true, 51, 51},
    {3, {9, 125 * khz}, true, true, 115, 115},
    {4, {8, 125 * khz}, true, true, 242, 222},
    {5, {7, 125 * khz}, true, true, 242, 222},
    {7, fsk, true, true, 242, 222},
};

struct Plan {
    Region region;
    std::string_view name;
    std::span<const Row> rows;
    std::uint32_t duty_cycle_permille;
    bool has_dwell;
};

constexpr Plan plans[] = {
    {Region::EU868, "EU868", eu868, 10, false},   {Region::US915, "US915", us915, 1000, false},
    {Region::AS923, "AS923", as923, 10, true},    {Region::AU915, "AU915", au915, 1000, true},
    {Region::IN865, "IN865", in865, 1000, false},
};

const Plan& plan_of(Region region) noexcept {
    const auto* found = std::ranges::find(plans, region, &Plan::region);
    return found == std::end(plans) ? plans[0] : *found;
}

const Row* row_of(Region region, std::uint32_t data_rate) noexcept {
    const auto rows = plan_of(region).rows;
    const auto found = std::ranges::find(rows, data_rate, &Row::data_rate);
    return found == rows.end() ? nullptr : &*found;
}

bool equals_in_any_case(std::string_view text, std::string_view upper) noexcept {
    return std::ranges::equal(text, upper, [](char left, char right) {
        return left == right || (left >= 'a' && left <= 'z' && left - 'a' + 'A' == right);
    });
}

/// Where downlinks have data rates of their own: sections 2.5.7 and 2.8.7.
std::uint32_t wide_data_rate(std::uint32_t shift, std::uint32_t uplink, std::uint32_t offset) {
    const auto raised = uplink + shift;
    return std::clamp(raised > offset ? raised - offset : 0U, 8U, 13U);
}

}  // namespace

std::optional<Region> parse_region(std::string_view text) noexcept {
    for (const auto& plan : plans) {
        if (equals_in_any_case(text, plan.name)) return plan.region;
    }
    return std::nullopt;
}

std::optional<Modulation> modulation_of(Region region, std::uint32_t data_rate) noexcept {
    const auto* row = row_of(region, data_rate);
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
    const auto* row = row_of(region, uplink_data_rate);
    if (row == nullptr || !row->up) return std::nullopt;
    if (region == Region::US915) return wide_data_rate(10, uplink_data_rate, offset);
    if (region == Region::AU915) return wide_data_rate(8, uplink_data_rate, offset);
    auto rate = uplink_data_rate > offset ? uplink_data_rate - offset : 0U;
    if (row_of(region, rate) == nullptr) rate = 5;  // IN865 has no data rate 6
    return std::max(rate, slowest_downlink(region, dwell));
}

std::uint32_t slowest_downlink(Region region, bool dwell) noexcept {
    if (region == Region::US915 || region == Region::AU915) return 8;
    return plan_of(region).has_dwell && dwell ? 2 : 0;
}

std::uint32_t payload_max(Region region, std::uint32_t data_rate, const Limits& limits) noexcept {
    const auto* row = row_of(region, data_rate);
    if (row == nullptr) return 0;
    const auto bytes = limits.repeaters ? row->repeated_bytes : row->bytes;
    if (!limits.dwell || !plan_of(region).has_dwell) return bytes;
    return std::min(bytes, row->dwell_bytes);
}

std::uint32_t duty_cycle_permille(Region region) noexcept {
    return plan_of(region).duty_cycle_permille;
}

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
#include "region_plan.hpp"

#include <algorithm>

namespace ajour::lora {
namespace {

constexpr std::uint32_t khz = 1000;
constexpr Modulation fsk{};

// LR-FHSS and the spreading factors 5 and 6 are left out: an uplink that has them is answered as at
// the slowest data rate.

// Tables 10 and 16 (EU863-870).
constexpr DataRateRow eu868[] = {
    {0, {12, 125 * khz}, true, true, 51}, {1, {11, 125 * khz}, true, true, 51},
    {2, {10, 125 * khz}, true, true, 51}, {3, {9, 125 * khz}, true, true, 115},
    {4, {8, 125 * khz}, true, true, 242}, {5, {7, 125 * khz}, true, true, 242},
    {6, {7, 250 * khz}, true, true, 242}, {7, fsk, true, true, 242},
};
// Tables 19, 20 and 25 (US902-928).
constexpr DataRateRow us915[] = {
    {0, {10, 125 * khz}, true, false, 11},  {1, {9, 125 * khz}, true, false, 53},
    {2, {8, 125 * khz}, true, false, 125},  {3, {7, 125 * khz}, true, false, 242},
    {4, {8, 500 * khz}, true, false, 242},  {8, {12, 500 * khz}, false, true, 53},
    {9, {11, 500 * khz}, false, true, 129}, {10, {10, 500 * khz}, false, true, 242},
    {11, {9, 500 * khz}, false, true, 242}, {12, {8, 500 * khz}, false, true, 242},
    {13, {7, 500 * khz}, false, true, 242},
};
// Tables 39, 40 and 45 (AU915-928). Its dwell time is of uplinks.
constexpr DataRateRow au915[] = {
    {0, {12, 125 * khz}, true, false, 51, 0},    {1, {11, 125 * khz}, true, false, 51, 0},
    {2, {10, 125 * khz}, true, false, 51, 11},   {3, {9, 125 * khz}, true, false, 115, 53},
    {4, {8, 125 * khz}, true, false, 242, 125},  {5, {7, 125 * khz}, true, false, 242, 242},
    {6, {8, 500 * khz}, true, false, 242, 242},  {8, {12, 500 * khz}, false, true, 53, 53},
    {9, {11, 500 * khz}, false, true, 129, 129}, {10, {10, 500 * khz}, false, true, 242, 242},
    {11, {9, 500 * khz}, false, true, 242, 242}, {12, {8, 500 * khz}, false, true, 242, 242},
    {13, {7, 500 * khz}, false, true, 242, 242},
};
// Section 3.10.3 and table 73 (AS923); DR2 had 51 until RP002-1.0.1.
constexpr DataRateRow as923[] = {
    {0, {12, 125 * khz}, true, true, 51, 0},       {1, {11, 125 * khz}, true, true, 51, 0},
    {2, {10, 125 * khz}, true, true, 115, 11, 51}, {3, {9, 125 * khz}, true, true, 115, 53},
    {4, {8, 125 * khz}, true, true, 242, 125},     {5, {7, 125 * khz}, true, true, 242, 242},
    {6, {7, 250 * khz}, true, true, 242, 242},     {7, fsk, true, true, 242, 242},
};
// Tables 91 and 97 (IN865); there is no DR6.
constexpr DataRateRow in865[] = {
    {0, {12, 125 * khz}, true, true, 51},
    {1, {11, 125 * khz}, true, true, 51},
    {2, {10, 125 * khz}, true, true, 51},
    {3, {9, 125 * khz}, true, true, 115},
    {4, {8, 125 * khz}, true, true, 242},
    {5, {7, 125 * khz}, true, true, 242},
    {7, fsk, true, true, 242},
};

// Receive windows: sections 3.4.7, 3.5.7, 3.8.7, 3.10.7 and 3.12.7. Duty cycles: ERC 70-03, annex 1
// (868.0 to 868.6 MHz and, for RX2, 869.4 to 869.65 MHz), and of AS923 section 3.10.2.
constexpr Plan plans[] = {
    {Region::EU868, "EU868", eu868, 0, 0, 7, 5, 0, 10, 100, false},
    {Region::US915, "US915", us915, 10, 8, 13, 3, 8, 1000, {}, false},
    {Region::AS923, "AS923", as923, 0, 0, 7, 7, 2, 10, {}, true},
    {Region::AU915, "AU915", au915, 8, 8, 13, 5, 8, 1000, {}, true},
    {Region::IN865, "IN865", in865, 0, 0, 7, 7, 2, 1000, {}, false},
};

bool equals_in_any_case(std::string_view text, std::string_view upper) noexcept {
    return std::ranges::equal(text, upper, [](char left, char right) {
        return left == right || (left >= 'a' && left <= 'z' && left - 'a' + 'A' == right);
    });
}

}  // namespace

const Plan& plan_of(Region region) noexcept {
    const auto* found = std::ranges::find(plans, region, &Plan::region);
    return found == std::end(plans) ? plans[0] : *found;
}

const DataRateRow* row_of(const Plan& plan, std::uint32_t data_rate) noexcept {
    const auto found = std::ranges::find(plan.rows, data_rate, &DataRateRow::data_rate);
    return found == plan.rows.end() ? nullptr : &*found;
}

std::optional<Region> parse_region(std::string_view text) noexcept {
    for (const auto& plan : plans) {
        if (equals_in_any_case(text, plan.name)) return plan.region;
    }
    return std::nullopt;
}

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
#include "region.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace ajour::lora {
namespace {

constexpr Region all[] = {Region::EU868, Region::US915, Region::AS923, Region::AU915,
                          Region::IN865};
constexpr Limits through_repeaters{true, false};
constexpr Limits direct{false, false};
constexpr Limits dwell{false, true};

TEST(Region, is_named_in_any_case_and_unknown_names_are_none) {
    EXPECT_EQ(parse_region("EU868"), Region::EU868);
    EXPECT_EQ(parse_region("in865"), Region::IN865);
    for (const auto* text : {"", "EU", "EU8688", "CN470", "EU868\n"}) {
        EXPECT_FALSE(parse_region(text)) << text;
    }
}

TEST(Region, carries_what_the_regional_parameters_say) {
    const struct {
        Region region;
        std::uint32_t data_rate, repeated, bytes;
    } table[] = {
        {Region::EU868, 0, 51, 51},   {Region::EU868, 2, 51, 51},    {Region::EU868, 3, 115, 115},
        {Region::EU868, 4, 222, 242}, {Region::EU868, 5, 222, 242},  {Region::EU868, 7, 222, 242},
        {Region::US915, 0, 11, 11},   {Region::US915, 1, 53, 53},    {Region::US915, 2, 125, 125},
        {Region::US915, 8, 33, 53},   {Region::US915, 9, 109, 129},  {Region::US915, 10, 222, 242},
        {Region::AU915, 8, 33, 53},   {Region::AU915, 13, 222, 242}, {Region::AS923, 2, 51, 51},
        {Region::AS923, 5, 222, 242}, {Region::IN865, 0, 51, 51},    {Region::IN865, 3, 115, 115},
        {Region::IN865, 7, 222, 242},
    };
    for (const auto& row : table) {
        EXPECT_EQ(payload_max(row.region, row.data_rate, through_repeaters), row.repeated)
            << row.data_rate;
        EXPECT_EQ(payload_max(row.region, row.data_rate, direct), row.bytes) << row.data_rate;
    }
}

TEST(Region, carries_less_where_there_is_a_dwell_time) {
    EXPECT_EQ(payload_max(Region::AS923, 0, dwell), 0U);
    EXPECT_EQ(payload_max(Region::AS923, 2, dwell), 11U);
    EXPECT_EQ(payload_max(Region::AS923, 3, dwell), 53U);
    EXPECT_EQ(payload_max(Region::AS923, 4, dwell), 125U);
    EXPECT_EQ(payload_max(Region::AU915, 3, dwell), 53U);
    EXPECT_EQ(payload_max(Region::AU915, 8, dwell), 53U);
    EXPECT_EQ(payload_max(Region::EU868, 0, dwell), 51U) << "it has none";
}

TEST(Region, carries_nothing_at_a_data_rate_that_it_has_not) {
    for (const auto region : all) {
        for (const auto rate : {14U, 15U, 255U, std::numeric_limits<std::uint32_t>::max()}) {
            EXPECT_EQ(payload_max(region, rate, direct), 0U);
            EXPECT_FALSE(modulation_of(region, rate));
            EXPECT_FALSE(downlink_data_rate(region, rate, 0, false));
        }
    }
    EXPECT_EQ(payload_max(Region::EU868, 8, direct), 0U) << "LR-FHSS is of uplinks";
    EXPECT_EQ(payload_max(Region::IN865, 6, direct), 0U);
    EXPECT_EQ(payload_max(static_cast<Region>(200), 14, direct), 0U);
}

TEST(Region, tells_the_data_rate_of_an_uplink) {
    EXPECT_EQ(uplink_data_rate(Region::EU868, {12, 125'000}), 0U);
    EXPECT_EQ(uplink_data_rate(Region::EU868, {7, 250'000}), 6U);
    EXPECT_EQ(uplink_data_rate(Region::US915, {10, 125'000}), 0U);
    EXPECT_EQ(uplink_data_rate(Region::US915, {8, 500'000}), 4U) << "not that of downlinks, 12";
    EXPECT_EQ(uplink_data_rate(Region::AU915, {12, 125'000}), 0U);
    for (const Modulation unknown : {Modulation{13, 125'000}, {12, 125'001}, {12, 0}, {0, 5}}) {
        EXPECT_FALSE(uplink_data_rate(Region::EU868, unknown));
    }
    EXPECT_FALSE(uplink_data_rate(Region::US915, {12, 125'000}));
}

TEST(Region, answers_at_the_data_rate_of_the_first_window) {
    EXPECT_EQ(downlink_data_rate(Region::EU868, 5, 0, false), 5U);
    EXPECT_EQ(downlink_data_rate(Region::EU868, 5, 2, false), 3U);
    EXPECT_EQ(downlink_data_rate(Region::EU868, 1, 4, false), 0U);
    EXPECT_EQ(downlink_data_rate(Region::US915, 0, 0, false), 10U);
    EXPECT_EQ(downlink_data_rate(Region::US915, 0, 3, false), 8U);
    EXPECT_EQ(downlink_data_rate(Region::US915, 4, 0, false), 13U);
    EXPECT_EQ(downlink_data_rate(Region::AU915, 0, 0, false), 8U);
    EXPECT_EQ(downlink_data_rate(Region::AU915, 6, 1, false), 13U);
    EXPECT_EQ(downlink_data_rate(Region::AS923, 0, 0, true), 2U);
    EXPECT_EQ(downlink_data_rate(Region::AS923, 0, 0, false), 0U);
    EXPECT_EQ(downlink_data_rate(Region::IN865, 7, 1, false), 5U);
    EXPECT_FALSE(downlink_data_rate(Region::US915, 10, 0, false)) << "no uplink has it";
}

TEST(Region, has_a_slowest_downlink) {
    EXPECT_EQ(slowest_downlink(Region::EU868, true), 0U);
    EXPECT_EQ(slowest_downlink(Region::US915, false), 8U);
    EXPECT_EQ(slowest_downlink(Region::AU915, true), 8U);
    EXPECT_EQ(slowest_downlink(Region::AS923, true), 2U);
}

TEST(Region, has_a_window_that_carries_something_after_each_uplink) {
    for (const auto region : all) {
        for (std::uint32_t rate = 0; rate < 8; ++rate) {
            for (std::uint32_t offset = 0; offset < 6; ++offset) {
                const auto down = downlink_data_rate(region, rate, offset, true);
                if (!down) continue;
                EXPECT_GE(payload_max(region, *down, {true, true}), 11U) << rate;
            }
        }
    }
}

}  // namespace
}  // namespace ajour::lora

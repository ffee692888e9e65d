// SPDX-License-Identifier: Apache-2.0
#include "region.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace ajour::lora {
namespace {

constexpr Region all[] = {Region::EU868, Region::US915, Region::AS923, Region::AU915,
                          Region::IN865};
constexpr Limits direct{false, false};

TEST(Region, is_named_in_any_case_and_unknown_names_are_none) {
    EXPECT_EQ(parse_region("EU868"), Region::EU868);
    EXPECT_EQ(parse_region("in865"), Region::IN865);
    for (const auto* text : {"", "EU", "EU8688", "CN470", "EU868\n"}) {
        EXPECT_FALSE(parse_region(text)) << text;
    }
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

TEST(Region, has_duty_cycles_of_the_bands_of_its_windows) {
    EXPECT_EQ(duty_cycle_permille(Region::EU868), 10U);
    EXPECT_EQ(second_duty_cycle_permille(Region::EU868), 100U) << "869.4 to 869.65 MHz";
    EXPECT_EQ(duty_cycle_permille(Region::AS923), 10U);
    for (const auto region : {Region::US915, Region::AU915, Region::IN865}) {
        EXPECT_EQ(duty_cycle_permille(region), 1000U);
    }
    for (const auto region : {Region::US915, Region::AU915, Region::IN865, Region::AS923}) {
        EXPECT_FALSE(second_duty_cycle_permille(region));
    }
}

}  // namespace
}  // namespace ajour::lora

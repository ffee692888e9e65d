// SPDX-License-Identifier: Apache-2.0
#include "answer_window.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ajour::lora {
namespace {

Radio in(Region region, bool dwell = false) {
    return {region, {true, dwell}, 0, 242};
}

Received at(std::uint32_t factor, std::uint32_t bandwidth = 125'000) {
    Received uplink;
    uplink.modulation = {factor, bandwidth};
    return uplink;
}

TEST(AnswerWindow, carries_what_the_data_rate_of_the_answer_does) {
    EXPECT_EQ(window_after(at(12), in(Region::EU868)).bytes, 51U);
    EXPECT_EQ(window_after(at(9), in(Region::EU868)).bytes, 115U);
    const auto fast = window_after(at(7), in(Region::EU868));
    EXPECT_EQ(fast.bytes, 222U);
    EXPECT_EQ(fast.modulation, (Modulation{7, 125'000}));
    const auto wide = window_after(at(10), in(Region::US915));
    EXPECT_EQ(wide.bytes, 222U) << "an uplink of 11 bytes has an answer of 222";
    EXPECT_EQ(wide.modulation, (Modulation{10, 500'000}));
    EXPECT_EQ(window_after(at(10), in(Region::AS923, true)).bytes, 11U);
}

TEST(AnswerWindow, is_as_short_as_the_settings_say) {
    auto settings = in(Region::EU868);
    settings.payload_max = 60;
    EXPECT_EQ(window_after(at(7), settings).bytes, 60U);
    EXPECT_EQ(window_after(at(12), settings).bytes, 51U);
    settings.payload_max = 242;
    settings.offset = 3;
    EXPECT_EQ(window_after(at(7), settings).bytes, 51U);
}

TEST(AnswerWindow, is_the_second_where_the_network_server_takes_that) {
    auto settings = in(Region::EU868);
    settings.windows = Windows::Second;
    auto window = window_after(at(7), settings);
    EXPECT_EQ(window.bytes, 51U) << "of DR0, as the region has it";
    EXPECT_TRUE(window.is_second);
    settings.second_data_rate = 3;
    window = window_after(at(12), settings);
    EXPECT_EQ(window.bytes, 115U);
    EXPECT_EQ(window.modulation, (Modulation{9, 125'000}));
    settings.payload_max = 60;
    EXPECT_EQ(window_after(at(12), settings).bytes, 60U);
}

TEST(AnswerWindow, is_the_second_only_where_the_first_is_slower_than_the_network_likes) {
    auto settings = in(Region::EU868);
    settings.second_data_rate = 3;
    settings.second_below = 3;
    EXPECT_EQ(window_after(at(10), settings).bytes, 115U) << "the first would carry 51";
    EXPECT_TRUE(window_after(at(10), settings).is_second);
    EXPECT_FALSE(window_after(at(9), settings).is_second);
    EXPECT_EQ(window_after(at(7), settings).bytes, 222U);
    settings.offset = 5;
    EXPECT_TRUE(window_after(at(7), settings).is_second) << "by the data rate of the answer";
}

TEST(AnswerWindow, carries_what_fits_either_where_either_may_be_taken) {
    auto settings = in(Region::EU868);
    settings.windows = Windows::Both;
    EXPECT_EQ(window_after(at(7), settings).bytes, 51U);
    EXPECT_EQ(window_after(at(7), settings).modulation, (Modulation{7, 125'000}));
    settings.second_data_rate = 3;
    EXPECT_EQ(window_after(at(7), settings).bytes, 115U);
    EXPECT_EQ(window_after(at(12), settings).bytes, 51U);
    auto wide = in(Region::US915);
    wide.windows = Windows::Both;
    EXPECT_EQ(window_after(at(7), wide).bytes, 53U);
    auto short_of_time = in(Region::AS923, true);
    short_of_time.windows = Windows::Both;
    EXPECT_EQ(window_after(at(7), short_of_time).bytes, 11U) << "of DR2 in 400 ms";
}

TEST(AnswerWindow, is_never_larger_than_what_carries_it) {
    for (const auto region : {Region::EU868, Region::US915, Region::AS923, Region::AU915}) {
        for (const auto windows : {Windows::First, Windows::Second, Windows::Both}) {
            for (std::uint32_t factor = 5; factor < 14; ++factor) {
                auto settings = in(region, factor % 2 == 0);
                settings.windows = windows;
                settings.second_below = factor;
                const auto window = window_after(at(factor), settings);
                bool fits = false;
                for (std::uint32_t rate = 0; rate < 16; ++rate) {
                    fits |= modulation_of(region, rate) == window.modulation &&
                            is_downlink_data_rate(region, rate) &&
                            window.bytes <= payload_max(region, rate, settings.limits);
                }
                EXPECT_TRUE(fits) << factor;
            }
        }
    }
}

TEST(AnswerWindow, knows_the_data_rate_by_its_number_where_there_is_no_modulation) {
    Received uplink;
    uplink.data_rate = 3;
    EXPECT_EQ(window_after(uplink, in(Region::EU868)).bytes, 115U);
}

TEST(AnswerWindow, is_the_slowest_after_an_uplink_that_the_region_does_not_know) {
    Received none;
    Received absurd;
    absurd.data_rate = std::numeric_limits<std::uint32_t>::max();
    for (const auto& uplink : {none, absurd, at(99), at(7, 0), at(0, 7)}) {
        const auto window = window_after(uplink, in(Region::EU868));
        EXPECT_EQ(window.bytes, 51U);
        EXPECT_EQ(window.modulation, (Modulation{12, 125'000}));
        EXPECT_EQ(window_after(uplink, in(Region::US915)).bytes, 53U);
        EXPECT_EQ(window_after(uplink, in(Region::AS923, true)).bytes, 11U);
    }
}

}  // namespace
}  // namespace ajour::lora

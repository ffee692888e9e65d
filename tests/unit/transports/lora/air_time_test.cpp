// SPDX-License-Identifier: Apache-2.0
#include "air_time.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ajour::lora {
namespace {

using std::chrono::microseconds;

double milliseconds(microseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

TEST(AirTime, of_full_downlinks_in_europe) {
    const struct {
        std::uint32_t data_rate;
        double expected;
    } table[] = {{0, 2793}, {1, 1479}, {2, 698}, {3, 677}, {4, 646}, {5, 369}};
    for (const auto& row : table) {
        const auto bytes = payload_max(Region::EU868, row.data_rate, {});
        const auto modulation = modulation_of(Region::EU868, row.data_rate);
        ASSERT_TRUE(modulation);
        EXPECT_NEAR(milliseconds(downlink_air_time(*modulation, bytes)), row.expected, 0.6)
            << row.data_rate;
    }
}

TEST(AirTime, of_well_known_uplinks) {
    // 13 bytes of frame around 10 and 1 bytes, as the public calculators give them.
    EXPECT_NEAR(milliseconds(frame_air_time({7, 125'000}, 23, true)), 61.7, 0.1);
    EXPECT_NEAR(milliseconds(frame_air_time({12, 125'000}, 23, true)), 1482.8, 0.1);
    EXPECT_NEAR(milliseconds(frame_air_time({7, 125'000}, 14, true)), 46.3, 0.1);
    EXPECT_NEAR(milliseconds(frame_air_time({10, 125'000}, 23, true)), 370.7, 0.1);
}

TEST(AirTime, is_a_quarter_at_four_times_the_bandwidth) {
    const auto narrow = frame_air_time({8, 125'000}, 100, false);
    const auto wide = frame_air_time({8, 500'000}, 100, false);
    EXPECT_NEAR(milliseconds(narrow), 4 * milliseconds(wide), 0.01);
}

TEST(AirTime, of_fsk_is_that_of_its_bits) {
    EXPECT_EQ(frame_air_time({}, 39, true), microseconds(8000));
}

TEST(AirTime, of_absurd_numbers_is_bounded) {
    constexpr auto most = std::numeric_limits<std::uint32_t>::max();
    const auto longest = frame_air_time({12, 125'000}, 255, true);
    EXPECT_EQ(frame_air_time({12, 125'000}, most, true), longest);
    EXPECT_EQ(downlink_air_time({12, 125'000}, most), frame_air_time({12, 125'000}, most, false));
    for (const Modulation unknown :
         {Modulation{13, 125'000}, {6, 125'000}, {most, 125'000}, {7, 0}, {7, most}, {0, 1}}) {
        EXPECT_EQ(frame_air_time(unknown, 50, true).count(), 0);
    }
    EXPECT_GT(frame_air_time({12, 125'000}, 0, false).count(), 0);
}

}  // namespace
}  // namespace ajour::lora

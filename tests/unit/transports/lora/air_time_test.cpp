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

TEST(AirTime, is_that_which_network_servers_reckon_with) {
    const struct {
        Modulation modulation;
        std::uint32_t bytes;
        std::int64_t expected;  // in microseconds, to the last one
    } table[] = {
        {{7, 125'000}, 10, 41'216},     {{8, 125'000}, 10, 72'192},
        {{9, 125'000}, 10, 144'384},    {{10, 125'000}, 10, 288'768},
        {{11, 125'000}, 10, 577'536},   {{12, 125'000}, 10, 991'232},
        {{12, 125'000}, 64, 2'793'472}, {{7, 125'000}, 13, 46'336},
        {{7, 125'000}, 15, 46'336},     {{7, 125'000}, 16, 51'456},
        {{7, 125'000}, 19, 51'456},     {{7, 250'000}, 10, 20'608},
        {{7, 500'000}, 10, 10'304},     {{}, 200, 33'760},
    };
    for (const auto& row : table) {
        EXPECT_EQ(frame_air_time(row.modulation, row.bytes, true).count(), row.expected)
            << "SF" << row.modulation.spreading_factor << ", " << row.bytes << " bytes";
    }
}

TEST(AirTime, of_what_a_dwell_time_of_400_ms_leaves_is_within_it) {
    constexpr Limits dwell{false, true, true};
    for (std::uint32_t rate = 0; rate < 8; ++rate) {
        const auto bytes = payload_max(Region::AS923, rate, dwell);
        const auto time = downlink_air_time(*modulation_of(Region::AS923, rate), bytes);
        EXPECT_TRUE(bytes == 0 || time <= std::chrono::milliseconds(400)) << "DR" << rate;
        EXPECT_TRUE(bytes != 0 || time > std::chrono::milliseconds(400)) << "DR" << rate;
    }
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

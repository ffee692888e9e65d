// SPDX-License-Identifier: Apache-2.0
#include "air_pace.hpp"

#include "air_time.hpp"
#include "region.hpp"

#include <gtest/gtest.h>

namespace ajour::lora {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(AirPace, of_full_downlinks_in_europe) {
    // Seconds from one to the next, with a duty cycle of 1 % and of 10 %.
    const struct {
        std::uint32_t data_rate;
        double one, ten;
    } table[] = {{0, 279, 28}, {1, 148, 15}, {2, 70, 7.0},
                 {3, 68, 6.8}, {4, 65, 6.5}, {5, 37, 3.7}};
    for (const auto& row : table) {
        const auto bytes = payload_max(Region::EU868, row.data_rate, {});
        const auto time = downlink_air_time(*modulation_of(Region::EU868, row.data_rate), bytes);
        const auto pace = [&](Allowance allowance) {
            return static_cast<double>(pace_of(allowance, time).count()) / 1000;
        };
        EXPECT_NEAR(pace({{}, {}, seconds(36)}), row.one, 0.6) << row.data_rate;
        EXPECT_NEAR(pace({{}, {}, seconds(360)}), row.ten, 0.5) << row.data_rate;
    }
}

TEST(AirPace, is_that_of_the_scarcest_allowance) {
    EXPECT_EQ(pace_of({seconds(36), hours(1), {}}, seconds(1)), seconds(100));
    EXPECT_EQ(pace_of({hours(1), seconds(36), {}}, seconds(1)), seconds(100));
    EXPECT_EQ(pace_of({{}, {}, seconds(36)}, seconds(1)), seconds(100));
}

TEST(AirPace, in_the_second_window_is_that_of_its_band) {
    Allowance allowance{{}, {}, seconds(36)};
    EXPECT_EQ(pace_of(allowance, seconds(1), AirBudget::Band::Second), seconds(100));
    allowance.second_network = seconds(360);
    EXPECT_EQ(pace_of(allowance, seconds(1), AirBudget::Band::Second), seconds(10));
    EXPECT_EQ(pace_of(allowance, seconds(1)), seconds(100));
}

TEST(AirPace, is_without_a_bound_where_there_is_no_allowance) {
    EXPECT_EQ(pace_of({}, seconds(3)), milliseconds(0));
    EXPECT_EQ(pace_of({seconds(36), {}, {}}, milliseconds(0)), milliseconds(0));
}

}  // namespace
}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
#include "estimate.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ajour::lora {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Pace pace(std::uint32_t payload, std::chrono::seconds between) {
    Pace pace;
    pace.payload_bytes = payload;
    pace.overhead_bytes = 3;
    pace.between = between;
    return pace;
}

TEST(Estimate, counts_the_downlinks_that_are_left) {
    const struct {
        std::uint64_t bytes;
        std::uint32_t payload;
        std::uint64_t downlinks;
    } table[] = {{102400, 51, 2134}, {102400, 115, 915}, {102400, 222, 468},
                 {48, 51, 1},        {49, 51, 2},        {0, 51, 0}};
    for (const auto& row : table) {
        const auto found = estimate(row.bytes, pace(row.payload, minutes(15)));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->downlinks, row.downlinks);
    }
}

TEST(Estimate, says_when_it_ends_at_the_present_rate) {
    const auto quick = estimate(102400, pace(51, minutes(15)));
    ASSERT_TRUE(quick);
    EXPECT_NEAR(static_cast<double>(quick->time / hours(1)) / 24, 22, 0.5);
    const auto slow = estimate(102400, pace(51, hours(1)));
    ASSERT_TRUE(slow);
    EXPECT_NEAR(static_cast<double>(slow->time / hours(1)) / 24, 89, 0.5);
}

TEST(Estimate, waits_for_air_time_where_that_is_scarcer_than_uplinks) {
    auto often = pace(51, seconds(10));
    often.air_time = std::chrono::milliseconds(2793);
    often.allowed = seconds(36);
    const auto found = estimate(4800, often);
    ASSERT_TRUE(found);
    EXPECT_NEAR(static_cast<double>(found->time.count()), 100 * 279.3, 2);
}

TEST(Estimate, is_none_when_it_never_ends) {
    EXPECT_FALSE(estimate(1, pace(3, seconds(1))));
    EXPECT_FALSE(estimate(1, pace(0, seconds(1))));
    auto forbidden = pace(51, seconds(1));
    forbidden.air_time = seconds(2);
    forbidden.allowed = seconds(1);
    EXPECT_FALSE(estimate(1, forbidden));
    EXPECT_FALSE(estimate(std::numeric_limits<std::uint64_t>::max(), pace(4, hours(1))));
    EXPECT_TRUE(estimate(1, pace(51, seconds(-5))));
}

}  // namespace
}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
// Against figures that were worked out by hand for LoRaWAN in Europe, with 3 bytes of each downlink
// that are no firmware.
#include "fleet/forecast.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using By = Forecast::By;

const work::Instant now{hours(1000)};
constexpr std::uint32_t image = 102'400;

Pace pace_of(std::uint32_t block, seconds each, milliseconds budget = {}) {
    Pace pace;
    pace.since = now;
    pace.block = block & 0xffffffU;
    pace.seen = static_cast<float>(each.count());
    pace.budget = static_cast<std::uint32_t>(budget.count());
    return pace;
}

double hours_of(const Forecast& forecast) {
    EXPECT_TRUE(forecast.rest);
    return static_cast<double>(forecast.rest.value_or(seconds(0)).count()) / 3600;
}

TEST(Forecast, counts_the_blocks_that_are_left) {
    const struct {
        std::uint32_t bytes, block, blocks;
    } table[] = {{image, 48, 2134}, {image, 112, 915},  {48, 48, 1}, {49, 48, 2},
                 {0, 48, 0},        {image, 1024, 100}, {1, 1024, 1}};
    for (const auto& row : table) {
        EXPECT_EQ(foresee(pace_of(row.block, minutes(15)), row.bytes, now).blocks, row.blocks);
    }
}

TEST(Forecast, counts_the_pieces_that_a_tail_is_sent_in) {
    EXPECT_EQ(foresee(pace_of(48, seconds(1)), 48 + 13, now).blocks, 1U + 3U) << "8, 4 and 1";
    EXPECT_EQ(foresee(pace_of(48, seconds(1)), 7, now).blocks, 2U) << "4 and 3";
}

TEST(Forecast, ends_after_as_many_uplinks_as_there_are_downlinks) {
    const auto days = [](std::uint32_t block, seconds each) {
        return hours_of(foresee(pace_of(block, each), image, now)) / 24;
    };
    EXPECT_NEAR(days(48, minutes(15)), 22, 0.5);
    EXPECT_NEAR(days(112, minutes(15)), 9.5, 0.1);
    EXPECT_NEAR(days(216, minutes(15)), 4.9, 0.1);
    EXPECT_NEAR(days(48, hours(1)), 89, 0.5);
    EXPECT_NEAR(days(112, hours(1)), 38, 0.5);
    EXPECT_NEAR(days(216, hours(1)), 19.5, 0.5);
}

TEST(Forecast, is_that_of_a_delta_likewise) {
    EXPECT_NEAR(hours_of(foresee(pace_of(48, minutes(15)), 12'500, now)), 65, 0.5);
    EXPECT_NEAR(hours_of(foresee(pace_of(112, minutes(15)), 6'600, now)), 15, 0.5);
}

TEST(Forecast, is_by_air_time_where_that_is_scarcer_than_uplinks) {
    // SF12: 2.793 s for each downlink, of 36 s in an hour: 279.3 s apart.
    const auto often = foresee(pace_of(48, seconds(10), milliseconds(279'300)), image, now);
    EXPECT_EQ(often.by, By::Budget);
    EXPECT_EQ(often.each, milliseconds(279'300));
    EXPECT_NEAR(hours_of(often), 2134 * 279.3 / 3600, 0.01);
    const auto seldom = foresee(pace_of(48, minutes(15), milliseconds(279'300)), image, now);
    EXPECT_EQ(seldom.by, By::Seen);
    EXPECT_EQ(seldom.each, minutes(15));
}

TEST(Forecast, is_by_air_time_until_a_block_was_seen_and_without_both_unknown) {
    EXPECT_EQ(foresee(pace_of(48, seconds(0), seconds(100)), image, now).by, By::Budget);
    const auto unknown = foresee(pace_of(48, seconds(0)), image, now);
    EXPECT_EQ(unknown.by, By::Unknown);
    EXPECT_FALSE(unknown.rest);
    EXPECT_EQ(unknown.blocks, 2134U);
}

TEST(Forecast, ends_at_the_same_time_when_asked_a_little_later) {
    const auto pace = pace_of(48, minutes(15));
    const auto first = foresee(pace, image, now);
    const auto later = foresee(pace, image, now + minutes(14));
    EXPECT_EQ(*later.rest + minutes(14), *first.rest);
}

TEST(Forecast, slows_down_while_a_block_lets_itself_be_waited_for) {
    const auto pace = pace_of(48, minutes(15));
    const auto late = foresee(pace, image, now + hours(10));
    EXPECT_GT(late.each, minutes(15));
    EXPECT_LT(late.each, hours(10));
    EXPECT_GT(*late.rest, *foresee(pace, image, now).rest);
}

TEST(Forecast, of_a_device_that_waits_for_air_time_says_how_long) {
    auto pace = pace_of(48, seconds(10), seconds(20));
    note_delay(pace, {sdk::Delay::Share::Application, minutes(35)}, now);
    const auto forecast = foresee(pace, 96, now + minutes(5));
    ASSERT_TRUE(forecast.delay);
    EXPECT_EQ(forecast.delay->share, sdk::Delay::Share::Application);
    EXPECT_EQ(forecast.delay->rest, minutes(30));
    EXPECT_GE(*forecast.rest, minutes(30));
    EXPECT_FALSE(foresee(pace, 96, now + minutes(36)).delay) << "it fits by now";
}

TEST(Forecast, never_ends_where_no_share_is_large_enough) {
    auto pace = pace_of(48, seconds(10));
    note_delay(pace, {sdk::Delay::Share::Device, sdk::Delay::forever}, now);
    const auto forecast = foresee(pace, image, now);
    EXPECT_TRUE(forecast.never_ends());
    EXPECT_FALSE(forecast.rest);
}

TEST(Forecast, beyond_a_century_is_none) {
    const auto forecast = foresee(pace_of(8, hours(24 * 40)), UINT32_MAX, now);
    EXPECT_FALSE(forecast.rest);
    EXPECT_EQ(forecast.by, By::Seen);
}

TEST(Forecast, of_nothing_left_is_nothing) {
    EXPECT_FALSE(foresee(pace_of(48, minutes(15)), 0, now).rest);
    EXPECT_EQ(foresee(Pace{}, 0, now).blocks, 0U);
    EXPECT_EQ(foresee(Pace{}, image, now).blocks, 0U) << "no block was sent yet";
}

}  // namespace

}  // namespace ajour::fleet

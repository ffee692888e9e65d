// SPDX-License-Identifier: Apache-2.0
#include "fleet/pace.hpp"

#include "fleet/forecast.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Advance block(std::int64_t gained, std::uint32_t bytes = 48) {
    return {true, bytes, gained, milliseconds(0)};
}

class PaceTest : public testing::Test {
protected:
    void keep(const Advance& advance, work::Instant::duration later = seconds(0)) {
        now += later;
        keep_pace(pace, advance, now);
    }

    work::Instant now{hours(1000)};
    Pace pace;
};

TEST_F(PaceTest, is_seen_with_the_first_block_that_came_through) {
    keep(block(0));
    EXPECT_EQ(pace.seen, 0);
    keep(block(48), minutes(15));
    EXPECT_FLOAT_EQ(pace.seen, 900);
    EXPECT_EQ(pace.block, 48U);
}

TEST_F(PaceTest, is_smoothed) {
    keep(block(0));
    keep(block(48), minutes(10));
    keep(block(48), minutes(20));
    EXPECT_FLOAT_EQ(pace.seen, 600 + 600 / 4);
    for (int i = 0; i < 30; ++i) keep(block(48), minutes(20));
    EXPECT_NEAR(pace.seen, 1200, 1);
}

TEST_F(PaceTest, counts_what_was_asked_again_and_what_was_lost) {
    keep(block(0));
    for (int i = 0; i < 3; ++i) keep(block(0), minutes(15));
    keep(block(48), minutes(15));
    EXPECT_FLOAT_EQ(pace.seen, 3600);
}

TEST_F(PaceTest, is_of_a_block_also_when_other_servers_sent_some) {
    keep(block(0));
    keep(block(4 * 48), minutes(60));
    EXPECT_FLOAT_EQ(pace.seen, 900);
}

TEST_F(PaceTest, learns_nothing_from_a_device_that_waits_or_starts_over) {
    keep(block(0));
    keep({});
    EXPECT_EQ(pace.since, work::Instant{});
    keep(block(0), hours(24));
    keep(block(48), seconds(10));
    EXPECT_FLOAT_EQ(pace.seen, 10);
    keep(block(-48), hours(24));
    EXPECT_FLOAT_EQ(pace.seen, 10);
    keep(block(48), seconds(10));
    EXPECT_FLOAT_EQ(pace.seen, 10);
}

TEST_F(PaceTest, has_the_last_block_too_although_the_swap_is_none) {
    keep(block(0));
    keep({true, 0, 48, {}}, seconds(7));
    EXPECT_FLOAT_EQ(pace.seen, 7);
    EXPECT_EQ(pace.block, 48U);
}

TEST_F(PaceTest, is_bounded_whatever_a_transport_says) {
    keep({true, UINT32_MAX, 0, milliseconds::max()});
    EXPECT_EQ(pace.budget, UINT32_MAX);
    EXPECT_EQ(pace.block, (1U << 24) - 1);
    keep({true, 8, INT64_MAX, milliseconds(-1)}, hours(24 * 365 * 100));
    EXPECT_EQ(pace.budget, 0U);
    EXPECT_GT(pace.seen, 0);
}

TEST_F(PaceTest, of_blocks_that_come_at_once_is_no_pace_that_is_unknown) {
    keep(block(0));
    keep(block(48));
    EXPECT_GT(pace.seen, 0);
    EXPECT_LT(pace.seen, 0.001F);
}

TEST_F(PaceTest, a_delay_ends_with_the_next_block_that_came_through) {
    keep(block(0));
    EXPECT_TRUE(note_delay(pace, {sdk::Delay::Share::Band, minutes(35)}, now));
    keep(block(0), minutes(15));
    EXPECT_NE(pace.delay_end, 0U) << "it waits still";
    keep(block(48), minutes(15));
    EXPECT_EQ(pace.delay_end, 0U);
}

TEST_F(PaceTest, a_delay_is_news_when_it_begins_or_ends_another_time_or_is_of_another) {
    const sdk::Delay delay{sdk::Delay::Share::Device, minutes(35)};
    EXPECT_TRUE(note_delay(pace, delay, now));
    EXPECT_FALSE(note_delay(pace, delay, now + milliseconds(900)));
    EXPECT_TRUE(note_delay(pace, {sdk::Delay::Share::Device, minutes(40)}, now));
    EXPECT_TRUE(note_delay(pace, {sdk::Delay::Share::Application, minutes(40)}, now));
    EXPECT_TRUE(note_delay(pace, {sdk::Delay::Share::Application, sdk::Delay::forever}, now));
    EXPECT_EQ(pace.delay_end, Pace::never);
}

TEST_F(PaceTest, a_drop_is_known_until_a_block_came_through) {
    keep(block(0));
    EXPECT_TRUE(note_drop(pace, sdk::Drop::TooLong));
    EXPECT_FALSE(note_drop(pace, sdk::Drop::TooLong)) << "it is no news";
    EXPECT_TRUE(note_drop(pace, sdk::Drop::Gateway));
    keep(block(0), minutes(15));
    EXPECT_EQ(foresee(pace, 96, now).drop, sdk::Drop::Gateway) << "the device has still not got it";
    keep(block(48), minutes(15));
    EXPECT_FALSE(foresee(pace, 96, now).drop);
}

TEST_F(PaceTest, a_delay_is_bounded_too) {
    for (const auto time : {seconds::min(), seconds(-1), seconds::max() - seconds(1)}) {
        note_delay(pace, {sdk::Delay::Share::Device, time}, now);
        EXPECT_GT(pace.delay_end, 0U);
        EXPECT_LT(pace.delay_end, Pace::never);
    }
}

}  // namespace

}  // namespace ajour::fleet

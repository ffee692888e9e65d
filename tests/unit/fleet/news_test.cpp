// SPDX-License-Identifier: Apache-2.0
#include "fleet/news.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using Event = sdk::Observation::Event;
using update::Cause;

constexpr std::uint32_t offer = 7;

firmware::Standing standing_of(std::uint32_t stamp) {
    firmware::Standing standing;
    standing.stamp = stamp;
    return standing;
}

Reported updating(std::uint32_t offset, std::uint32_t size) {
    Reported reported;
    reported.offer = offer;
    reported.updating = true;
    reported.offset = offset;
    reported.size = size;
    return reported;
}

Reported waiting(Cause cause) {
    Reported reported;
    reported.offer = offer;
    reported.waiting = true;
    reported.cause = cause;
    return reported;
}

Reported in_sync() {
    Reported reported;
    reported.offer = offer;
    reported.in_sync = true;
    return reported;
}

/// Remembers what it was told of `offer`.
struct NewsTest : testing::Test {
    bool is_news(const Reported& reported) { return take_news(told, reported, &standing).step; }
    Told told;
    firmware::Standing standing = standing_of(offer);
};

TEST_F(NewsTest, is_of_the_way_to_a_release_and_of_its_end) {
    EXPECT_EQ(event_of(Reported()), std::nullopt);
    EXPECT_EQ(event_of(updating(0, 10)), Event::Progress);
    EXPECT_EQ(event_of(updating(10, 10)), Event::Received);
    EXPECT_EQ(event_of(waiting(Cause::Reverted)), Event::Reverted);
    EXPECT_EQ(event_of(waiting(Cause::SourceFailed)), std::nullopt);
    EXPECT_EQ(event_of(waiting(Cause::NotReady)), std::nullopt);
    EXPECT_EQ(event_of(in_sync()), Event::InSync);
}

TEST_F(NewsTest, of_progress_comes_with_each_tenth) {
    int news = 0;
    for (std::uint32_t offset = 0; offset < 4000; offset += 8)
        news += is_news(updating(offset, 4000));
    EXPECT_EQ(news, 10);
    EXPECT_TRUE(is_news(updating(4000, 4000)));
    EXPECT_TRUE(is_news(in_sync()));
}

TEST_F(NewsTest, of_a_large_image_does_not_wrap) {
    EXPECT_TRUE(is_news(updating(0, 0xffffffff)));
    EXPECT_TRUE(is_news(updating(0xfffffffe, 0xffffffff)));
    EXPECT_FALSE(is_news(updating(0x80000000, 0xffffffff)));
}

TEST_F(NewsTest, comes_once_also_when_a_device_begins_again) {
    EXPECT_TRUE(is_news(updating(2000, 4000)));
    EXPECT_FALSE(is_news(updating(0, 4000))) << "it restarted";
    EXPECT_FALSE(is_news(updating(2100, 4000)));
    EXPECT_TRUE(is_news(updating(2400, 4000)));
    EXPECT_TRUE(is_news(updating(4000, 4000)));
    EXPECT_FALSE(is_news(updating(3600, 4000))) << "it came back from the swap";
    EXPECT_FALSE(is_news(updating(4000, 4000)));
    EXPECT_TRUE(is_news(waiting(Cause::Reverted)));
    EXPECT_FALSE(is_news(waiting(Cause::Reverted)));
    EXPECT_TRUE(is_news(in_sync())) << "somebody helped it";
    EXPECT_FALSE(is_news(in_sync()));
}

TEST_F(NewsTest, comes_again_for_another_offer) {
    EXPECT_TRUE(is_news(in_sync()));
    auto next = in_sync();
    next.offer = 8;
    standing = standing_of(8);
    EXPECT_TRUE(is_news(next));
    EXPECT_FALSE(is_news(next));
}

TEST_F(NewsTest, is_none_of_an_offer_that_the_step_was_not_made_for) {
    standing = standing_of(8);
    EXPECT_FALSE(is_news(in_sync())) << "the next offer came meanwhile";
    EXPECT_FALSE(take_news(told, in_sync(), nullptr).any());
    auto without = in_sync();
    without.offer = 0;
    standing = standing_of(0);
    EXPECT_FALSE(is_news(without));
}

TEST_F(NewsTest, is_none_of_an_image_that_is_no_longer_the_target) {
    auto finishing = updating(10, 10);
    finishing.finishing = true;
    EXPECT_FALSE(is_news(finishing));
}

TEST_F(NewsTest, of_an_offer_that_cannot_be_served_comes_once_beside_the_steps_of_another) {
    standing.failing = {"3", "a", 9};
    const auto both = take_news(told, in_sync(), &standing);
    EXPECT_TRUE(both.step && both.failure);
    EXPECT_FALSE(take_news(told, in_sync(), &standing).any());
    standing.failing.stamp = 10;
    EXPECT_TRUE(take_news(told, in_sync(), &standing).failure);
}

TEST_F(NewsTest, that_was_put_back_comes_again) {
    standing.failing = {"3", "a", 9};
    const auto half = updating(2000, 4000);
    const auto news = take_news(told, half, &standing);
    put_back_news(told, half, news);
    EXPECT_EQ(take_news(told, half, &standing).step, news.step);
    EXPECT_FALSE(take_news(told, half, &standing).any());
    put_back_news(told, half, {false, true});
    EXPECT_TRUE(take_news(told, half, &standing).failure);
}

}  // namespace

}  // namespace ajour::fleet

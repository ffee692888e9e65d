// SPDX-License-Identifier: Apache-2.0
#include "pause.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using namespace std::chrono_literals;

TEST(Pause, doubles_up_to_the_longest) {
    Pause pause(1s, 5s);
    Pause::Instant now{};
    EXPECT_TRUE(pause.is_over(now));
    for (const auto expected : {1s, 2s, 4s, 5s, 5s}) {
        pause.begin(now, 0s);
        EXPECT_EQ(pause.left(now), expected);
        EXPECT_FALSE(pause.is_over(now + expected - 1ms));
        now += expected;
        EXPECT_TRUE(pause.is_over(now));
    }
    pause.reset();
    pause.begin(now, 0s);
    EXPECT_EQ(pause.left(now), 1s);
}

TEST(Pause, is_no_longer_for_those_who_failed_meanwhile) {
    Pause pause(1s, 60s);
    const Pause::Instant now{};
    for (int i = 0; i < 10; ++i) pause.begin(now, 0s);
    EXPECT_EQ(pause.left(now), 1s);
}

TEST(Pause, is_as_long_as_the_server_asks_for_within_bounds) {
    Pause pause(1s, 60s);
    const Pause::Instant now{};
    pause.begin(now, 7s);
    EXPECT_EQ(pause.left(now), 7s);
    pause.begin(now, 24h);
    EXPECT_EQ(pause.left(now), 60s);
}

}  // namespace
}  // namespace ajour::drogue_registry

// SPDX-License-Identifier: Apache-2.0
#include "work/ticker.hpp"

#include "support/await.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace ajour::work {

namespace {

TEST(Ticker, ticks_again_and_again_until_it_is_stopped) {
    std::atomic<int> ticks = 0;
    Ticker ticker(std::chrono::milliseconds(1), [&ticks] { ++ticks; });
    EXPECT_TRUE(support::await([&ticks] { return ticks >= 3; }));
    ticker.stop();
    const int stopped_at = ticks;
    ticker.stop();
    EXPECT_EQ(ticks, stopped_at);
}

TEST(Ticker, stops_at_once_in_the_middle_of_a_long_interval) {
    const auto begin = std::chrono::steady_clock::now();
    {
        Ticker ticker(std::chrono::hours(1), [] { FAIL() << "an hour has not passed"; });
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Ticker, stop_waits_for_the_call_that_runs) {
    support::Gate gate(false);
    std::atomic<bool> ended = false;
    Ticker ticker(std::chrono::milliseconds(1), [&] {
        gate.pass();
        ended = true;
    });
    ASSERT_TRUE(support::await([&gate] { return gate.waiting() == 1; }));
    gate.open();
    ticker.stop();
    EXPECT_TRUE(ended);
}

}  // namespace

}  // namespace ajour::work

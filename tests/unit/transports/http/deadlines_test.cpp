// SPDX-License-Identifier: Apache-2.0
#include "deadlines.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

namespace ajour::http {
namespace {

using namespace std::chrono_literals;

struct Alarm final : Timed {
    void expire() noexcept override {
        ++expired;
        if (then) then();
    }
    int expired = 0;
    std::function<void()> then;
};

TEST(Deadlines, expire_not_early_and_at_most_two_ticks_late) {
    for (const auto wait : {0ms, 1ms, 99ms, 100ms, 1000ms, 75000ms, 200000ms}) {
        Deadlines deadlines;
        Alarm alarm;
        deadlines.advance(12345ms);
        deadlines.set(alarm, wait);
        deadlines.advance(12345ms + wait - 1ms);
        EXPECT_EQ(alarm.expired, 0) << wait.count();
        deadlines.advance(12345ms + wait + 2 * Deadlines::tick);
        EXPECT_EQ(alarm.expired, 1) << wait.count();
        deadlines.advance(12345ms + wait + 300s);
        EXPECT_EQ(alarm.expired, 1) << wait.count();
    }
}

TEST(Deadlines, can_be_moved_both_ways_and_cleared) {
    Deadlines deadlines;
    Alarm later, sooner, cleared;
    deadlines.set(later, 1s);
    deadlines.set(later, 5s);
    deadlines.set(sooner, 5s);
    deadlines.set(sooner, 1s);
    deadlines.set(cleared, 1s);
    deadlines.clear(cleared);
    deadlines.advance(2s);
    EXPECT_EQ(later.expired, 0);
    EXPECT_EQ(sooner.expired, 1);
    deadlines.advance(6s);
    EXPECT_EQ(later.expired, 1);
    EXPECT_EQ(cleared.expired, 0);
}

TEST(Deadlines, forget_what_is_gone_also_while_others_expire) {
    Deadlines deadlines;
    auto first = std::make_unique<Alarm>();
    auto second = std::make_unique<Alarm>();
    first->then = [&] { second.reset(); };
    deadlines.set(*first, 1s);
    deadlines.set(*second, 1s);
    auto gone = std::make_unique<Alarm>();
    deadlines.set(*gone, 1s);
    gone.reset();
    deadlines.advance(3s);
    EXPECT_EQ(first->expired, 1);
    EXPECT_FALSE(second);
}

TEST(Deadlines, may_be_set_again_by_what_expires) {
    Deadlines deadlines;
    Alarm alarm;
    alarm.then = [&] { deadlines.set(alarm, 1s); };
    deadlines.set(alarm, 1s);
    deadlines.advance(10s);
    EXPECT_GE(alarm.expired, 7);
    EXPECT_LE(alarm.expired, 10);
}

}  // namespace
}  // namespace ajour::http

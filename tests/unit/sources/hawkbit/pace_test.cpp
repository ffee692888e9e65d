// SPDX-License-Identifier: Apache-2.0
#include "pace.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using std::chrono::seconds;

class Pace : public testing::Test {
protected:
    Pace() { options.poll_jitter = 0; }
    std::int64_t wait() {
        return std::chrono::duration_cast<seconds>(next_visit(controller, options, now) - now)
            .count();
    }
    Controller controller{0, "a.d", {"a", "d"}};
    Options options;
    Instant now = Instant{} + std::chrono::hours(1000);
};

TEST_F(Pace, is_hawkbits_within_bounds) {
    controller.sleep = seconds(60);
    EXPECT_EQ(wait(), 60);
    controller.sleep = seconds(1);
    EXPECT_EQ(wait(), 5);
    controller.sleep = seconds(1'000'000);
    EXPECT_EQ(wait(), 86'400);
}

TEST_F(Pace, is_quicker_while_the_device_is_being_updated) {
    controller.action = std::make_unique<Action>();
    EXPECT_EQ(wait(), 300);
    controller.heard_at = now - seconds(10);
    EXPECT_EQ(wait(), 30);
    controller.action->phase = Phase::Succeeded;
    EXPECT_EQ(wait(), 300);
    controller.action->phase = Phase::Open;
    controller.heard_at = now - seconds(1000);
    EXPECT_EQ(wait(), 300);
}

TEST_F(Pace, slows_down_after_failures) {
    std::int64_t last = 0;
    for (controller.failures = 1; controller.failures < 50; ++controller.failures) {
        EXPECT_GE(wait(), last);
        EXPECT_LE(wait(), 300);
        last = wait();
    }
    EXPECT_GE(last, 100);
}

TEST_F(Pace, keeps_the_time_of_a_cancellations_answer) {
    controller.cancellation = Cancellation{"7", now + seconds(12)};
    EXPECT_EQ(wait(), 12);
    controller.cancellation->answered = true;
    EXPECT_EQ(wait(), 300);
}

TEST(Spread, cuts_at_random) {
    EXPECT_EQ(spread(seconds(100), 10, 0), seconds(100));
    EXPECT_EQ(spread(seconds(100), 10, 1), seconds(90));
    EXPECT_EQ(spread(seconds(100), 0, 1), seconds(100));
    for (int i = 0; i < 100; ++i) {
        EXPECT_GE(chance(), 0);
        EXPECT_LE(chance(), 1);
    }
}

}  // namespace
}  // namespace ajour::hawkbit

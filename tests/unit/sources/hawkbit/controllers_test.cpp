// SPDX-License-Identifier: Apache-2.0
#include "controllers.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using std::chrono::seconds;

const sdk::DeviceId First("a", "1"), Second("a", "2");

class AllControllers : public testing::Test {
protected:
    std::string next(Instant now) {
        const auto due = controllers.claim_due(0, now);
        return due ? due->id : "";
    }
    Controllers controllers{2};
    Instant start = Instant{} + std::chrono::hours(1);
};

TEST_F(AllControllers, are_one_for_each_id) {
    const auto made = controllers.take(0, "x", First, start);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->added);
    const auto again = controllers.take(0, "x", First, start);
    EXPECT_FALSE(again->added);
    EXPECT_EQ(again->controller, made->controller);
    EXPECT_NE(controllers.take(1, "x", Second, start)->controller, made->controller);
}

TEST_F(AllControllers, are_not_shared_by_two_devices) {
    (void)controllers.take(0, "x", First, start);
    const auto refused = controllers.take(0, "x", Second, start);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, sdk::ErrorKind::Refused);
    EXPECT_NE(refused.error().text.find("a/1"), std::string::npos);
}

TEST_F(AllControllers, change_when_a_device_gets_another_id) {
    const auto old = controllers.take(0, "x", First, start)->controller;
    const auto made = controllers.take(0, "y", First, start);
    EXPECT_EQ(made->replaced, old);
    EXPECT_EQ(controllers.size(), 1U);
    EXPECT_TRUE(controllers.take(0, "x", Second, start));
}

TEST_F(AllControllers, are_bounded) {
    (void)controllers.take(0, "x", First, start);
    (void)controllers.take(0, "y", Second, start);
    const auto refused = controllers.take(0, "z", {"a", "3"}, start);
    EXPECT_EQ(refused.error().kind, sdk::ErrorKind::Full);
}

TEST_F(AllControllers, are_visited_when_they_are_due_and_by_one_at_a_time) {
    const auto x = controllers.take(0, "x", First, start)->controller;
    (void)controllers.take(0, "y", Second, start + seconds(5));
    EXPECT_EQ(next(start - seconds(1)), "");
    EXPECT_EQ(next(start), "x");
    EXPECT_EQ(next(start), "");
    EXPECT_FALSE(controllers.claim(*x));
    controllers.give_back(*x, start + seconds(60));
    EXPECT_EQ(next(start + seconds(59)), "y");
    EXPECT_EQ(next(start + seconds(60)), "x");
}

TEST_F(AllControllers, are_visited_sooner_when_there_is_news) {
    const auto x = controllers.take(0, "x", First, start + seconds(60))->controller;
    controllers.hasten(*x, start);
    controllers.hasten(*x, start + seconds(90));
    EXPECT_EQ(next(start), "x");
    controllers.hasten(*x, start + seconds(1));  // while it is visited
    controllers.give_back(*x, start + seconds(60));
    EXPECT_EQ(next(start + seconds(1)), "x");
    controllers.give_back(*x, start + seconds(60));
    EXPECT_EQ(next(start + seconds(59)), "");
}

TEST_F(AllControllers, are_visited_in_the_order_in_which_they_are_due) {
    (void)controllers.take(0, "x", First, start + seconds(2));
    (void)controllers.take(0, "y", Second, start + seconds(1));
    EXPECT_EQ(controllers.next_due(0), start + seconds(1));
    EXPECT_EQ(next(start + seconds(9)), "y");
    EXPECT_EQ(controllers.next_due(0), start + seconds(2));
    EXPECT_EQ(next(start + seconds(9)), "x");
    EXPECT_EQ(controllers.next_due(0), std::nullopt);
}

TEST_F(AllControllers, are_each_of_one_connection) {
    (void)controllers.take(0, "x", First, start + seconds(2));
    (void)controllers.take(1, "y", Second, start);
    EXPECT_EQ(next(start), "");
    EXPECT_EQ(controllers.claim_due(1, start)->id, "y");
    EXPECT_EQ(controllers.claim_due(1, start + seconds(9)), nullptr);
    EXPECT_EQ(controllers.claim_due(2, start), nullptr);
    EXPECT_EQ(controllers.next_due(0), start + seconds(2));
    EXPECT_EQ(controllers.next_due(1), std::nullopt);
}

TEST_F(AllControllers, are_forgotten) {
    const auto x = controllers.take(0, "x", First, start)->controller;
    ASSERT_TRUE(controllers.claim(*x));
    controllers.forget(*x);
    controllers.give_back(*x, start);
    EXPECT_EQ(controllers.size(), 0U);
    EXPECT_EQ(next(start + seconds(100)), "");
}

}  // namespace
}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#include "backoff.hpp"

#include <gtest/gtest.h>

namespace ajour::mqtt_client {
namespace {

using std::chrono::milliseconds;

TEST(Backoff, doubles_up_to_the_longest_delay) {
    Backoff backoff(milliseconds(1000), milliseconds(5000));
    for (const int expected : {1000, 2000, 4000, 5000, 5000}) {
        EXPECT_EQ(backoff.next(1), milliseconds(expected));
    }
}

TEST(Backoff, leaves_half_of_a_delay_to_chance) {
    Backoff backoff(milliseconds(1000), milliseconds(1000));
    EXPECT_EQ(backoff.next(0), milliseconds(500));
    EXPECT_EQ(backoff.next(0.5), milliseconds(750));
    EXPECT_EQ(backoff.next(1), milliseconds(1000));
}

TEST(Backoff, begins_again_after_a_success) {
    Backoff backoff(milliseconds(100), milliseconds(5000));
    backoff.next(1);
    backoff.next(1);
    backoff.reset();
    EXPECT_EQ(backoff.next(1), milliseconds(100));
}

TEST(Backoff, takes_the_shortest_delay_when_the_longest_is_shorter) {
    Backoff backoff(milliseconds(1000), milliseconds(10));
    EXPECT_EQ(backoff.next(1), milliseconds(1000));
    EXPECT_EQ(backoff.next(1), milliseconds(1000));
}

}  // namespace
}  // namespace ajour::mqtt_client

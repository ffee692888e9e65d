// SPDX-License-Identifier: Apache-2.0
#include "exchange/brake.hpp"

#include "support/manual_clock.hpp"

#include <gtest/gtest.h>

namespace ajour::exchange {

namespace {

using std::chrono::seconds;

class BrakeTest : public testing::Test {
protected:
    void fail(const std::string& address, int times) {
        for (int i = 0; i < times; ++i) brake.count_failure(address);
    }

    support::ManualClock clock;
    Brake brake{{3, std::chrono::milliseconds(60'000), 4}, clock};
};

TEST_F(BrakeTest, stops_an_address_after_so_many_failures) {
    fail("a", 2);
    EXPECT_FALSE(brake.stops("a"));
    fail("a", 1);
    EXPECT_TRUE(brake.stops("a"));
    EXPECT_FALSE(brake.stops("b"));
}

TEST_F(BrakeTest, lets_go_after_the_window) {
    fail("a", 3);
    clock.advance(seconds(59));
    EXPECT_TRUE(brake.stops("a"));
    clock.advance(seconds(1));
    EXPECT_FALSE(brake.stops("a"));
    fail("a", 2);
    EXPECT_FALSE(brake.stops("a")) << "the count begins anew";
}

TEST_F(BrakeTest, never_stops_who_has_no_address) {
    fail("", 100);
    EXPECT_FALSE(brake.stops(""));
}

TEST_F(BrakeTest, remembers_no_more_addresses_than_it_may) {
    for (int i = 0; i < 1000; ++i) fail("address " + std::to_string(i), 3);
    int stopped = 0;
    for (int i = 0; i < 1000; ++i) stopped += brake.stops("address " + std::to_string(i)) ? 1 : 0;
    EXPECT_LE(stopped, 4);
    EXPECT_TRUE(brake.stops("address 999"));
}

TEST_F(BrakeTest, makes_room_of_those_whose_window_passed_first) {
    fail("old", 3);
    clock.advance(seconds(61));
    for (const char* address : {"a", "b", "c", "d"}) fail(address, 3);
    for (const char* address : {"a", "b", "c", "d"}) EXPECT_TRUE(brake.stops(address)) << address;
}

}  // namespace

}  // namespace ajour::exchange

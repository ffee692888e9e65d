// SPDX-License-Identifier: Apache-2.0
#include "learnt_rooms.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

constexpr lora::Window fast{{7, 125'000}, 222};
constexpr lora::Window slow{{12, 125'000}, 51};

class LearntRoomsTest : public testing::Test {
protected:
    void refuse_twice(std::uint32_t room) {
        EXPECT_FALSE(rooms.refused("a", fast, room));
        EXPECT_TRUE(rooms.refused("a", fast, room));
    }

    LearntRooms rooms{2};
};

TEST_F(LearntRoomsTest, are_those_of_the_window_until_two_are_refused_in_a_row) {
    EXPECT_FALSE(rooms.refused("a", fast, 115));
    EXPECT_EQ(rooms.room("a", fast), 222U);
    rooms.sent("a");
    EXPECT_FALSE(rooms.refused("a", fast, 115)) << "one was sent in between";
    EXPECT_TRUE(rooms.refused("a", fast, 115));
    EXPECT_EQ(rooms.room("a", fast), 115U);
    EXPECT_EQ(rooms.room("b", fast), 222U);
}

TEST_F(LearntRoomsTest, are_tried_again_after_some_uplinks) {
    refuse_twice(115);
    rooms.sent("a");
    for (std::uint32_t i = 0; i < LearntRooms::uplinks; ++i) EXPECT_EQ(rooms.room("a", fast), 115U);
    EXPECT_EQ(rooms.room("a", fast), 222U);
    refuse_twice(115);
}

TEST_F(LearntRoomsTest, may_be_found_too_long_still) {
    refuse_twice(115);
    EXPECT_TRUE(rooms.refused("a", fast, 100));
    EXPECT_EQ(rooms.room("a", fast), 100U);
}

TEST_F(LearntRoomsTest, are_of_the_window_that_they_were_learnt_in) {
    refuse_twice(40);
    EXPECT_EQ(rooms.room("a", slow), 51U);
    EXPECT_EQ(rooms.room("a", fast), 40U);
    auto second = fast;
    second.is_second = true;
    EXPECT_EQ(rooms.room("a", second), 222U);
    EXPECT_FALSE(rooms.refused("a", slow, 40)) << "it begins anew";
}

TEST_F(LearntRoomsTest, are_not_learnt_of_what_cannot_be) {
    for (const auto room : {0U, 10U, 222U, 4'000'000'000U}) {
        for (int i = 0; i < 5; ++i) EXPECT_FALSE(rooms.refused("a", fast, room)) << room;
    }
    EXPECT_EQ(rooms.room("a", fast), 222U);
}

TEST_F(LearntRoomsTest, are_remembered_of_so_many_devices_only) {
    for (const auto* device : {"a", "b", "c", "c"}) rooms.refused(device, fast, 51);
    EXPECT_EQ(rooms.room("c", fast), 51U) << "another one is forgotten";
}

}  // namespace
}  // namespace ajour::lorawan

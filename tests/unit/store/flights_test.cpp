// SPDX-License-Identifier: Apache-2.0
#include "store/flights.hpp"

#include "opened.hpp"

#include <gtest/gtest.h>

namespace ajour::store {
namespace {

using sdk::DeviceId;
using Batch = std::vector<std::pair<DeviceId, std::string>>;

struct FlightsOf : Opened {
    std::optional<std::string> load(const std::string& device) {
        auto loaded = flights.load(DeviceId("app", device));
        EXPECT_TRUE(loaded.ok());
        return *loaded;
    }

    Flights flights{*database, 32};
};

TEST_F(FlightsOf, gives_back_what_was_saved_last) {
    ASSERT_TRUE(flights.save(Batch{{{"app", "a"}, "1"}, {{"app", "b"}, "2"}}).ok());
    ASSERT_TRUE(flights.save(Batch{{{"app", "a"}, std::string("3\0x", 3)}}).ok());
    EXPECT_EQ(load("a"), std::string("3\0x", 3));
    EXPECT_EQ(load("b"), "2");
    EXPECT_EQ(load("c"), std::nullopt);
    EXPECT_TRUE(flights.save({}).ok());
}

TEST_F(FlightsOf, outlives_the_process) {
    ASSERT_TRUE(flights.save(Batch{{{"app", "a"}, "1"}}).ok());
    database.reset();
    database = open(file());
    EXPECT_EQ(**Flights(*database).load(DeviceId("app", "a")), "1");
}

TEST_F(FlightsOf, lets_the_oldest_go_when_there_are_too_many) {
    for (int i = 0; i < 32; ++i) {
        ASSERT_TRUE(flights.save(Batch{{{"app", std::to_string(i)}, "x"}}).ok());
    }
    ASSERT_TRUE(flights.save(Batch{{{"app", "0"}, "again"}}).ok());
    EXPECT_EQ(load("1"), "x");
    ASSERT_TRUE(flights.save(Batch{{{"app", "32"}, "x"}}).ok());
    EXPECT_EQ(load("0"), "again");
    EXPECT_EQ(load("1"), std::nullopt);
    EXPECT_EQ(load("3"), std::nullopt);
    EXPECT_EQ(load("4"), "x");
    EXPECT_EQ(load("32"), "x");
}

TEST_F(FlightsOf, stays_bounded_under_any_number) {
    for (int i = 0; i < 500; ++i) {
        ASSERT_TRUE(flights.save(Batch{{{"app", std::to_string(i)}, "x"}}).ok());
    }
    int left = 0;
    for (int i = 0; i < 500; ++i) left += load(std::to_string(i)).has_value() ? 1 : 0;
    EXPECT_LE(left, 32);
    EXPECT_GE(left, 29);
}

TEST_F(FlightsOf, goes_with_its_device) {
    ASSERT_TRUE(objects.create_application(application_body("app")).ok());
    ASSERT_TRUE(objects.create_device(device_body("app", "a")).ok());
    ASSERT_TRUE(flights.save(Batch{{{"app", "a"}, "1"}}).ok());
    ASSERT_TRUE(objects.remove({"app", "a"}).ok());
    EXPECT_EQ(load("a"), std::nullopt);
}

}  // namespace
}  // namespace ajour::store

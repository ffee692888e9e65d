// SPDX-License-Identifier: Apache-2.0
#include "place.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

class PlaceOf : public testing::Test {
protected:
    PlaceOf() {
        options.controller_pattern = "{application}.{device}";
        options.connections.resize(3);
        options.connections[0].tenant = "DEFAULT";
        options.connections[1].name = "acme";
        options.connections[1].tenant = "ACME";
        options.connections[1].applications = {"locks"};
        options.connections[2].name = "open";
        options.connections[2].tenant = "OPEN";
    }
    sdk::Result<Place> place(const std::string& application, const std::string& spec) {
        return place_of(options, {application, "hawkbit", spec}, {application, "d"});
    }
    Options options;
};

TEST_F(PlaceOf, is_the_connection_without_a_name_unless_another_lists_the_application) {
    EXPECT_EQ(place("lamps", "{}")->connection, 0U);
    EXPECT_EQ(place("locks", "{}")->connection, 1U);
    EXPECT_EQ(place("lamps", "{}")->controller, "lamps.d");
}

TEST_F(PlaceOf, is_named_by_the_connection_or_its_tenant) {
    EXPECT_EQ(place("lamps", R"({"tenant":"open"})")->connection, 2U);
    EXPECT_EQ(place("lamps", R"({"tenant":"OPEN"})")->connection, 2U);
    EXPECT_EQ(place("locks", R"({"tenant":"acme"})")->connection, 1U);
}

TEST_F(PlaceOf, is_not_a_connection_that_serves_others) {
    const auto refused = place("lamps", R"({"tenant":"acme"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, sdk::ErrorKind::Refused);
    EXPECT_FALSE(place("lamps", R"({"tenant":"ACME"})"));
}

TEST_F(PlaceOf, is_nowhere_without_a_connection) {
    EXPECT_EQ(place("lamps", R"({"tenant":"none"})").error().kind, sdk::ErrorKind::NotFound);
    options.connections.clear();
    EXPECT_NE(place("lamps", "{}").error().text.find("source.hawkbit.url"), std::string::npos);
}

TEST_F(PlaceOf, takes_the_targets_own_pattern) {
    EXPECT_EQ(place("lamps", R"({"controller":"x-{device}"})")->controller, "x-d");
    EXPECT_FALSE(place("lamps", R"({"controller":"x/{device}"})"));
}

}  // namespace
}  // namespace ajour::hawkbit

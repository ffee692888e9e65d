// SPDX-License-Identifier: Apache-2.0
#include "settings/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace ajour::settings {
namespace {

const std::array<std::string, 4> names{"ajour.admin.port", "ajour.state", "transport.http.port",
                                       "update.poll"};

TEST(Nearest, finds_the_name_that_was_meant) {
    EXPECT_EQ(nearest("ajour.stat", names), "ajour.state");
    EXPECT_EQ(nearest("ajour.satte", names), "ajour.state");
    EXPECT_EQ(nearest("transprot.http.port", names), "transport.http.port");
    EXPECT_EQ(nearest("http.port", names), "transport.http.port");
    EXPECT_EQ(nearest("update.pol", names), "update.poll");
    EXPECT_EQ(suggestion("update.pol", names), " (did you mean update.poll?)");
}

TEST(Nearest, says_nothing_when_nothing_is_near) {
    EXPECT_EQ(nearest("firmware.cache", names), "");
    EXPECT_EQ(nearest("", names), "");
    EXPECT_EQ(nearest(std::string(201, 'a'), names), "");
    EXPECT_EQ(nearest("x", {}), "");
    EXPECT_EQ(suggestion("something else", names), "");
}

}  // namespace
}  // namespace ajour::settings

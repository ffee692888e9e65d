// SPDX-License-Identifier: Apache-2.0
#include "route.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

std::string command(Routes& routes, std::string_view subject, std::string_view sender) {
    const auto* route = routes.find(subject, sender);
    return route == nullptr ? "none" : route->command;
}

Routes usual() {
    return Routes({{"dfu"}, "ttn-gateway", {"223", "1"}, "223"});
}

TEST(Routes, lead_from_a_channel_to_the_command_of_its_name) {
    Routes routes({{"dfu", "update"}, "", {}, ""});
    EXPECT_EQ(command(routes, "dfu", "dev"), "dfu");
    EXPECT_EQ(command(routes, "update", "dev"), "update");
    EXPECT_EQ(command(routes, "temperature", "dev"), "none");
    EXPECT_EQ(command(routes, "", "dev"), "none");
    EXPECT_FALSE(routes.find("dfu", "dev")->lora);
}

TEST(Routes, lead_from_the_ports_of_the_lora_gateway_to_one_port) {
    auto routes = usual();
    EXPECT_EQ(command(routes, "223", "ttn-gateway"), "port:223");
    EXPECT_EQ(command(routes, "1", "ttn-gateway"), "port:223");
    EXPECT_EQ(command(routes, "2", "ttn-gateway"), "none");
    EXPECT_EQ(command(routes, "dfu", "ttn-gateway"), "none");
    EXPECT_TRUE(routes.find("1", "ttn-gateway")->lora);
}

TEST(Routes, lead_back_to_the_port_of_the_status_when_that_is_set) {
    Routes routes({{"dfu"}, "ttn-gateway", {"223", "1"}, ""});
    EXPECT_EQ(command(routes, "1", "ttn-gateway"), "port:1");
    EXPECT_EQ(command(routes, "223", "ttn-gateway"), "port:223");
}

TEST(Routes, take_a_port_from_nobody_but_the_gateway) {
    auto routes = usual();
    EXPECT_EQ(command(routes, "223", "dev"), "none");
    EXPECT_EQ(command(routes, "223", ""), "none");
    Routes without({{"dfu"}, "", {"223"}, ""});
    EXPECT_EQ(command(without, "223", ""), "none");
}

TEST(Routes, know_which_subjects_need_no_further_reading) {
    const auto routes = usual();
    EXPECT_TRUE(routes.has_none_for("temperature"));
    EXPECT_TRUE(routes.has_none_for(""));
    EXPECT_FALSE(routes.has_none_for("dfu"));
    EXPECT_FALSE(routes.has_none_for("1"));
}

}  // namespace
}  // namespace ajour::drogue

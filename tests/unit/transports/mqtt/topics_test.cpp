// SPDX-License-Identifier: Apache-2.0
#include "topics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace ajour::mqtt {
namespace {

using testing::ElementsAre;

TopicSettings usual() {
    TopicSettings settings;
    settings.status = "ajour/{application}/{device}/{channel}";
    settings.command = "ajour/{application}/{device}/command/{channel}";
    settings.gateway_status = "ajour/{application}/{sender}/as/{device}/{channel}";
    settings.gateway_command = "ajour/{application}/{sender}/as/{device}/command/{channel}";
    settings.response = "ajour/{application}/{sender}";
    settings.presence = "ajour/status";
    return settings;
}

Topics topics(const std::function<void(TopicSettings&)>& change = [](TopicSettings&) {}) {
    auto settings = usual();
    change(settings);
    auto made = Topics::from(settings);
    if (!made) throw std::runtime_error(made.error().text);
    return std::move(*made);
}

std::string refusal(const std::function<void(TopicSettings&)>& change) {
    auto settings = usual();
    change(settings);
    const auto made = Topics::from(settings);
    return made ? "accepted" : made.error().text;
}

std::string answer_to(const Topics& topics, std::string_view topic) {
    const auto route = topics.read(topic);
    if (!route) return "nobody";
    std::string answer;
    route->command->write(route->names, answer);
    return answer;
}

TEST(Topics, are_subscribed_to_by_device_and_by_gateway) {
    EXPECT_THAT(topics().filters(), ElementsAre("ajour/+/+/dfu", "ajour/+/+/as/+/dfu"));
    EXPECT_THAT(topics([](auto& it) { it.gateways = false; }).filters(),
                ElementsAre("ajour/+/+/dfu"));
}

TEST(Topics, are_shared_in_a_group) {
    EXPECT_THAT(topics([](auto& it) { it.group = "servers"; }).filters(),
                ElementsAre("$share/servers/ajour/+/+/dfu", "$share/servers/ajour/+/+/as/+/dfu"));
}

TEST(Topics, lead_an_answer_to_who_sent_the_status) {
    EXPECT_EQ(answer_to(topics(), "ajour/lamps/lamp-1/dfu"), "ajour/lamps/lamp-1/command/dfu");
    EXPECT_EQ(answer_to(topics(), "ajour/lamps/gateway/as/lamp-1/dfu"),
              "ajour/lamps/gateway/as/lamp-1/command/dfu");
    EXPECT_EQ(answer_to(topics(), "ajour/lamps/lamp-1/temperature"), "nobody");
}

TEST(Topics, name_the_device_as_its_own_sender) {
    EXPECT_EQ(topics().read("ajour/lamps/lamp-1/dfu")->names.sender, "lamp-1");
    EXPECT_EQ(topics().read("ajour/lamps/gateway/as/lamp-1/dfu")->names.sender, "gateway");
}

TEST(Topics, let_a_device_ask_for_an_answer_in_its_own_branch) {
    const TopicNames names{"lamps", "lamp-1", "lamp-1"};
    EXPECT_TRUE(topics().may_answer("ajour/lamps/lamp-1/response/17", names));
    EXPECT_TRUE(topics().may_answer("ajour/lamps/lamp-1/command/dfu", names));
}

TEST(Topics, let_nobody_have_an_answer_elsewhere) {
    const TopicNames names{"lamps", "lamp-1", "lamp-1"};
    for (const auto* topic :
         {"ajour/lamps/lamp-2/command/dfu", "ajour/lamps/lamp-1", "ajour/status", "x",
          "ajour/lamps/lamp-1/+", "ajour/lamps/lamp-1/#", "$SYS/lamps/lamp-1/x", ""}) {
        EXPECT_FALSE(topics().may_answer(topic, names)) << topic;
    }
    EXPECT_FALSE(topics().may_answer("ajour/lamps/lamp-1/" + std::string(1024, 'x'), names));
}

TEST(Topics, let_nobody_have_an_answer_come_back_as_a_status) {
    const TopicNames names{"lamps", "lamp-1", "lamp-1"};
    EXPECT_FALSE(topics().may_answer("ajour/lamps/lamp-1/dfu", names));
    EXPECT_FALSE(topics().may_answer("ajour/lamps/lamp-1/as/lamp-2/dfu", names));
}

TEST(Topics, must_name_application_and_device) {
    EXPECT_EQ(refusal([](auto& it) { it.status = "ajour/{device}"; }),
              "topic.status: expected {application} and {device} in it");
    EXPECT_EQ(refusal([](auto& it) { it.gateway_command = "ajour/{application}"; }),
              "topic.gateway.command: expected {application} and {device} in it");
}

TEST(Topics, must_not_bring_commands_back_as_statuses) {
    EXPECT_EQ(refusal([](auto& it) { it.command = it.status; }),
              "ajour/+/+/dfu: commands on it would come back as statuses of ajour/+/+/dfu");
    EXPECT_EQ(refusal([](auto& it) { it.command = "{device}/{application}/x/dfu"; }),
              "+/+/x/dfu: commands on it would come back as statuses of ajour/+/+/dfu");
    EXPECT_EQ(refusal([](auto& it) { it.presence = "ajour/a/b/dfu"; }),
              "topic.presence: it would come back as a status");
}

TEST(Topics, must_not_bring_a_status_twice) {
    EXPECT_EQ(refusal([](auto& it) { it.gateway_status = "{application}/{sender}/{device}/dfu"; }),
              "ajour/+/+/dfu: statuses on it would come twice, also as +/+/+/dfu");
}

TEST(Topics, must_name_a_sender_where_the_answer_does) {
    EXPECT_EQ(refusal([](auto& it) { it.command = "x/{application}/{device}/{sender}"; }),
              "topic.command: found {sender}, which topic.status does not name");
}

TEST(Topics, are_refused_by_the_name_of_their_setting) {
    EXPECT_TRUE(refusal([](auto& it) { it.response = "#"; }).starts_with("topic.response: found"));
    EXPECT_TRUE(refusal([](auto& it) { it.status = "{x}"; }).starts_with("topic.status: found"));
    EXPECT_EQ(refusal([](auto& it) { it.presence = "a/#"; }),
              "topic.presence: expected a topic without + and #");
    EXPECT_EQ(refusal([](auto& it) { it.group = "a/b"; }),
              "group: expected a word of at most 255 bytes without /, + and #");
}

TEST(Topics, of_gateways_do_not_count_when_there_are_none) {
    EXPECT_EQ(refusal([](auto& it) {
                  it.gateways = false;
                  it.gateway_status = "#";
              }),
              "accepted");
}

}  // namespace
}  // namespace ajour::mqtt

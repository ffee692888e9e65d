// SPDX-License-Identifier: Apache-2.0
#include "topic_template.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::mqtt {
namespace {

TopicTemplate made(std::string_view text) {
    auto parsed = TopicTemplate::parse(text);
    if (!parsed) throw std::runtime_error(parsed.error().text);
    return std::move(*parsed);
}

std::string refusal(std::string_view text) {
    const auto parsed = TopicTemplate::parse(text);
    return parsed ? "accepted" : parsed.error().text;
}

const TopicTemplate own = made("ajour/{application}/{device}/{channel}");
const TopicTemplate of_gateway = made("ajour/{application}/{sender}/as/{device}/{channel}");

TEST(TopicTemplate, subscribes_with_a_plus_for_each_name) {
    EXPECT_EQ(own.filter(), "ajour/+/+/dfu");
    EXPECT_EQ(of_gateway.filter(), "ajour/+/+/as/+/dfu");
    EXPECT_EQ(made("{device}").filter(), "+");
}

TEST(TopicTemplate, reads_the_names_out_of_a_topic) {
    const auto names = own.read("ajour/lamps/lamp-1/dfu");
    ASSERT_TRUE(names);
    EXPECT_EQ(names->application, "lamps");
    EXPECT_EQ(names->device, "lamp-1");
    EXPECT_EQ(names->sender, "");
}

TEST(TopicTemplate, reads_the_gateway_that_sends) {
    const auto names = of_gateway.read("ajour/lamps/gateway/as/lamp-1/dfu");
    ASSERT_TRUE(names);
    EXPECT_EQ(names->sender, "gateway");
    EXPECT_EQ(names->device, "lamp-1");
}

TEST(TopicTemplate, reads_no_other_topic) {
    for (const auto* topic :
         {"", "/", "ajour", "ajour/lamps/lamp-1", "ajour/lamps/lamp-1/dfu/", "ajour/lamps/lamp-1/",
          "ajour/lamps/lamp-1/temperature", "ajour/lamps/lamp-1/dfu/more",
          "/ajour/lamps/lamp-1/dfu", "ajour/lamps/lamp-1/command/dfu", "Ajour/lamps/lamp-1/dfu",
          "ajour/lamps/lamp-1/DFU"}) {
        EXPECT_FALSE(own.read(topic)) << topic;
    }
}

TEST(TopicTemplate, reads_no_name_that_is_none) {
    EXPECT_FALSE(own.read("ajour//lamp-1/dfu"));
    EXPECT_FALSE(own.read("ajour/lamps//dfu"));
    EXPECT_FALSE(own.read("ajour/+/lamp-1/dfu"));
    EXPECT_FALSE(own.read("ajour/lamps/#/dfu"));
    EXPECT_FALSE(own.read("ajour/lamps/\xff/dfu"));
    EXPECT_FALSE(own.read("ajour/lamps/" + std::string(256, 'x') + "/dfu"));
    EXPECT_TRUE(own.read("ajour/lamps/" + std::string(255, 'x') + "/dfu"));
}

TEST(TopicTemplate, writes_a_topic_for_names) {
    std::string topic = "what was here before";
    made("ajour/{application}/{device}/command/{channel}").write({"lamps", "lamp-1", ""}, topic);
    EXPECT_EQ(topic, "ajour/lamps/lamp-1/command/dfu");
    made("{sender}/{device}/{application}").write({"a", "d", "s"}, topic);
    EXPECT_EQ(topic, "s/d/a");
}

TEST(TopicTemplate, keeps_empty_levels) {
    EXPECT_EQ(made("/{device}//x/").filter(), "/+//x/");
    EXPECT_TRUE(made("/{device}//x/").read("/d//x/"));
    EXPECT_FALSE(made("/{device}//x/").read("/d//x"));
}

TEST(TopicTemplate, is_above_what_lies_below_it) {
    const auto response = made("ajour/{application}/{sender}");
    const TopicNames names{"lamps", "lamp-1", "lamp-1"};
    EXPECT_TRUE(response.is_above("ajour/lamps/lamp-1/x", names));
    EXPECT_TRUE(response.is_above("ajour/lamps/lamp-1/a/b/c", names));
    for (const auto* topic :
         {"ajour/lamps/lamp-1", "ajour/lamps/lamp-1/", "ajour/lamps/lamp-10/x",
          "ajour/lamps/lamp-2/x", "ajour/lamps", "ajour", "", "x/lamps/lamp-1/x"}) {
        EXPECT_FALSE(response.is_above(topic, names)) << topic;
    }
}

TEST(TopicTemplate, tells_whether_topics_could_be_of_two_templates) {
    EXPECT_TRUE(own.overlaps(made("ajour/a/b/dfu")));
    EXPECT_TRUE(own.overlaps(made("{sender}/a/b/{device}")));
    EXPECT_FALSE(own.overlaps(of_gateway));
    EXPECT_FALSE(own.overlaps(made("ajour/{application}/{device}/command/{channel}")));
    EXPECT_FALSE(own.overlaps(made("ajour/{application}/{device}/down")));
    EXPECT_FALSE(own.overlaps(made("ajour/{application}/{device}")));
}

TEST(TopicTemplate, refuses_what_is_no_topic) {
    const std::string expected =
        ", expected a topic of at most 1024 bytes without +, # and a $ at its begin";
    EXPECT_EQ(refusal(""), "found ''" + expected);
    EXPECT_EQ(refusal("ajour/+/{device}"), "found 'ajour/+/{device}'" + expected);
    EXPECT_EQ(refusal("ajour/#"), "found 'ajour/#'" + expected);
    EXPECT_EQ(refusal("$share/g/{device}"), "found '$share/g/{device}'" + expected);
}

TEST(TopicTemplate, refuses_places_that_it_does_not_know) {
    const std::string expected =
        ", expected a word, or {application}, {device}, {sender} or {channel} as a whole level";
    EXPECT_EQ(refusal("a/{gateway}"), "found '{gateway}'" + expected);
    EXPECT_EQ(refusal("a/dev-{device}"), "found 'dev-{device}'" + expected);
    EXPECT_EQ(refusal("a/{device"), "found '{device'" + expected);
    EXPECT_EQ(refusal("a/device}"), "found 'device}'" + expected);
    EXPECT_EQ(refusal("a/{}"), "found '{}'" + expected);
}

TEST(TopicTemplate, refuses_a_name_twice) {
    EXPECT_EQ(refusal("{device}/{device}"),
              "found '{device}/{device}', expected each of {application}, {device} and {sender} "
              "once at most");
    EXPECT_EQ(refusal("{channel}/{device}/{channel}"), "accepted");
}

}  // namespace
}  // namespace ajour::mqtt

// SPDX-License-Identifier: Apache-2.0
#include "topic_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::mqtt_client {
namespace {

TEST(TopicName, is_what_fills_one_level_of_a_topic) {
    for (const auto* name : {"lamp-1", "a", "lamp@shed", "Glühlampe", "lamp 1", "$lamp", "灯"}) {
        EXPECT_TRUE(is_name(name)) << name;
    }
}

TEST(TopicName, holds_no_separator_wildcard_or_control_character) {
    for (const auto* name : {"", "a/b", "+", "#", "a+", "#a", "a\nb", "a\x7f", "\x01"}) {
        EXPECT_FALSE(is_name(name)) << name;
    }
    EXPECT_FALSE(is_name(std::string_view("a\0b", 3)));
}

TEST(TopicName, has_1_to_255_bytes) {
    EXPECT_TRUE(is_name(std::string(255, 'x')));
    EXPECT_FALSE(is_name(std::string(256, 'x')));
}

TEST(TopicName, is_utf_8) {
    for (const auto* name : {"\xc3", "\xc3(", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                             "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
        EXPECT_FALSE(is_name(name)) << name;
    }
    EXPECT_TRUE(is_name("\xf0\x9f\x92\xa1"));
}

TEST(TopicName, of_a_topic_may_have_levels_and_no_wildcards) {
    EXPECT_TRUE(is_topic("ajour/status"));
    EXPECT_TRUE(is_topic("/a//b/"));
    EXPECT_FALSE(is_topic("ajour/+"));
    EXPECT_FALSE(is_topic("ajour/#"));
    EXPECT_FALSE(is_topic("$SYS/broker"));
    EXPECT_FALSE(is_topic(""));
    EXPECT_TRUE(is_topic(std::string(1024, 'x')));
    EXPECT_FALSE(is_topic(std::string(1025, 'x')));
}

}  // namespace
}  // namespace ajour::mqtt_client

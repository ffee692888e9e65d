// SPDX-License-Identifier: Apache-2.0
#include "json_text.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

TEST(JsonText, is_one_value_of_bounded_depth) {
    for (const auto* text : {"{}", " [1] ", "\"a\"", "12345678901234567890123", "null"}) {
        EXPECT_TRUE(is_json(text)) << text;
    }
    for (const auto* text : {"", "{", "{}{}", "{\"a\" 1}", "nonsense", "\"a", "1e999"}) {
        EXPECT_FALSE(is_json(text)) << text;
    }
    EXPECT_TRUE(is_json(std::string(64, '[') + std::string(64, ']')));
    EXPECT_FALSE(is_json(std::string(65, '[') + std::string(65, ']')));
    EXPECT_FALSE(is_json(std::string("{}\0x", 4)));
}

TEST(JsonText, finds_a_member_whatever_stands_around_it) {
    constexpr auto text =
        R"( { "x" : "a,b:{}\"\\" , "n":{"x":1,"y":[{"x":2}]},"x2":3, "l" : -1.50 } )";
    ASSERT_TRUE(is_json(text));
    EXPECT_EQ(member(text, "x"), R"("a,b:{}\"\\")");
    EXPECT_EQ(member(text, "n"), R"({"x":1,"y":[{"x":2}]})");
    EXPECT_EQ(member(text, "l"), "-1.50");
    EXPECT_EQ(member(text, "y"), "");
    EXPECT_EQ(member_at(text, {"n", "x"}), "1");
    EXPECT_EQ(member("[1]", "x"), "");
    EXPECT_EQ(member("{}", "x"), "");
}

TEST(JsonText, takes_the_last_member_of_a_name_however_it_is_written) {
    EXPECT_EQ(member(R"({"status":1,"st\u0061tus":2})", "status"), "2");
}

TEST(JsonText, reads_strings) {
    EXPECT_EQ(text_of(R"("a\u00e4\n")"), "a\xc3\xa4\n");
    EXPECT_EQ(text_of("7"), "");
    EXPECT_EQ(text_of(""), "");
}

TEST(JsonText, splits_an_array) {
    const auto parts = elements(R"([ {"a":[1,2]}, "x,y" ,3])", 3);
    ASSERT_TRUE(parts);
    EXPECT_EQ(*parts, (std::vector<std::string_view>{R"({"a":[1,2]})", R"("x,y")", "3"}));
    EXPECT_TRUE(elements("[ ]", 0)->empty());
    EXPECT_FALSE(elements("[1,2]", 1));
    EXPECT_FALSE(elements("{}", 1));
}

TEST(JsonText, replaces_a_member_and_leaves_the_rest_byte_by_byte) {
    EXPECT_EQ(with_member(R"({ "a" : 1.0e5 ,"b":{"c" :2} })", "b", "3"),
              R"({ "a" : 1.0e5 ,"b":3 })");
    EXPECT_EQ(with_member(R"({"a":123456789012345678901234567890})", "b", "{}"),
              R"({"a":123456789012345678901234567890,"b":{}})");
    EXPECT_EQ(with_member("{ }", "b", "1"), R"({ "b":1})");
    EXPECT_EQ(with_member("", "b", "1"), R"({"b":1})");
}

}  // namespace
}  // namespace ajour::drogue_registry

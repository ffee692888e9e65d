// SPDX-License-Identifier: Apache-2.0
#include "json/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::test {

namespace {

using testing::HasSubstr;

std::string nested(int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
}

std::string error_of(std::string_view text, const json::Bounds& bounds = {}) {
    const auto parsed = json::parse(text, bounds);
    if (parsed) return "no error";
    EXPECT_EQ(parsed.error().kind, sdk::ErrorKind::Malformed);
    return parsed.error().text;
}

TEST(ParseJson, reads_a_document) {
    const auto parsed = json::parse(" {\"a\": [1, -2, 3.5, \"x\", true, null]} ");
    ASSERT_TRUE(parsed) << parsed.error().text;
    EXPECT_EQ(json::print(*parsed), "{\"a\":[1,-2,3.5,\"x\",true,null]}");
}

TEST(ParseJson, counts_the_last_of_duplicate_keys) {
    const auto parsed = json::parse("{\"a\":1,\"a\":2}");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(json::number(*parsed, "a"), 2U);
}

TEST(ParseJson, says_where_it_failed_and_not_who_found_it) {
    const auto text = error_of("{\"a\": nul}");
    EXPECT_EQ(text.find("exception"), text.npos) << text;
    EXPECT_THAT(text, HasSubstr("not JSON: parse error at line 1, column"));
}

TEST(ParseJson, bounds_the_size) {
    EXPECT_TRUE(json::parse("[1,2]", {.bytes = 5}));
    EXPECT_EQ(error_of("[1,2]", {.bytes = 4}), "JSON of 5 bytes, at most 4");
}

TEST(ParseJson, bounds_the_depth_of_arrays_and_objects) {
    EXPECT_TRUE(json::parse(nested(3), {.depth = 3}));
    EXPECT_THAT(error_of(nested(4), {.depth = 3}), HasSubstr("nested deeper than 3 levels"));
    EXPECT_TRUE(json::parse("{\"a\":{\"b\":1}}", {.depth = 2}));
    EXPECT_THAT(error_of("{\"a\":{\"b\":{}}}", {.depth = 2}), HasSubstr("deeper than 2"));
    EXPECT_THAT(error_of("[{\"b\":[]}]", {.depth = 2}), HasSubstr("deeper than 2"));
    EXPECT_TRUE(json::parse(nested(32)));
    EXPECT_THAT(error_of(nested(33)), HasSubstr("deeper than 32"));
    EXPECT_THAT(error_of(nested(500000)), HasSubstr("deeper than 32"));
}

TEST(ParseJson, counts_the_depth_of_siblings_once) {
    EXPECT_TRUE(json::parse("[[],[],[],[[]],{}]", {.depth = 3}));
}

TEST(ParseJson, refuses_what_is_no_json) {
    for (const std::string text :
         {"",        " ",       "{",           "[1,]",     "{\"a\":}",     "{a:1}",  "nul",
          "1 2",     "'a'",     "01",          "+1",       "1.",           "NaN",    "[1] x",
          "/* */ 1", "\"\\x\"", "\"\\ud800\"", "\"\x80\"", "\"\xc0\xaf\"", "\"\n\"", "\xff",
          "1e400",   "-1e400"}) {
        EXPECT_THAT(error_of(text), HasSubstr("not JSON")) << text;
    }
    EXPECT_THAT(error_of(std::string_view("\"a\0b\"", 5)), HasSubstr("not JSON"));
    EXPECT_THAT(error_of(std::string_view("{}\0x", 4)), HasSubstr("not JSON"));
}

TEST(ParseJson, names_the_place_of_an_error) {
    EXPECT_THAT(error_of("{\"a\":\n  tru}"), HasSubstr("line 2, column 6"));
}

TEST(ParseJson, keeps_errors_short_and_printable) {
    const auto long_token = error_of("[\"" + std::string(100000, 'x'));
    EXPECT_LT(long_token.size(), 400U);
    for (const std::string text : {"[\"\x01", "\x1b[31m", "[\"\xff\"]", "[\"\xc3\xa9\" x"}) {
        for (const char c : error_of(text)) EXPECT_TRUE(c >= ' ' && c <= '~') << text;
    }
}

}  // namespace

}  // namespace ajour::test

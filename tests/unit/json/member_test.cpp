// SPDX-License-Identifier: Apache-2.0
#include "json/json.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

const Json document = {{"name", "fw"},
                       {"size", 512},
                       {"deep", {{"deeper", {{"value", true}}}}},
                       {"list", {1, 2}},
                       {"nothing", nullptr}};

TEST(JsonMember, is_found_by_name_or_is_null) {
    ASSERT_NE(json::member(document, "name"), nullptr);
    EXPECT_EQ(*json::member(document, "name"), "fw");
    EXPECT_NE(json::member(document, "nothing"), nullptr);
    EXPECT_EQ(json::member(document, "Name"), nullptr);
}

TEST(JsonMember, of_what_is_no_object_is_null) {
    for (const auto& value : {Json(), Json(1), Json("text"), Json::array({1})}) {
        EXPECT_EQ(json::member(value, "name"), nullptr);
        EXPECT_EQ(json::text(value, "name"), "");
        EXPECT_EQ(json::number(value, "name"), std::nullopt);
    }
}

TEST(JsonMember, is_found_along_a_path) {
    const auto* found = json::at(document, {"deep", "deeper", "value"});
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(*found, true);
    EXPECT_EQ(json::at(document, {"deep", "other", "value"}), nullptr);
    EXPECT_EQ(json::at(document, {"list", "0"}), nullptr);
    EXPECT_EQ(json::at(document, {}), &document);
}

TEST(JsonMember, is_text_only_when_it_is_a_string) {
    EXPECT_EQ(json::text(document, "name"), "fw");
    EXPECT_EQ(json::text(document, "size"), "");
    EXPECT_EQ(json::text(document, "absent"), "");
}

TEST(JsonMember, is_a_number_only_when_whole_and_not_negative) {
    const auto number = [](const char* text) {
        return json::number(*json::parse(std::string("{\"n\":") + text + "}"), "n");
    };
    EXPECT_EQ(number("0"), 0U);
    EXPECT_EQ(number("9223372036854775807"), 9223372036854775807U);
    for (const auto* text :
         {"9223372036854775808", "18446744073709551615", "18446744073709551616", "-1",
          "-9223372036854775808", "1.0", "1e2", "\"1\"", "true", "null", "[1]", "{}"}) {
        EXPECT_EQ(number(text), std::nullopt) << text;
    }
}

TEST(JsonMember, of_a_negative_value_made_in_code_is_no_number) {
    const Json value = {{"positive", std::int64_t{7}}, {"negative", -7}};
    EXPECT_EQ(json::number(value, "positive"), 7U);
    EXPECT_EQ(json::number(value, "negative"), std::nullopt);
}

TEST(PrintJson, is_compact_and_never_fails_on_bytes_that_are_not_utf8) {
    EXPECT_EQ(json::print(Json{{"a", {1, "x"}}}), "{\"a\":[1,\"x\"]}");
    EXPECT_EQ(json::print(Json("\xff")), "\"\xef\xbf\xbd\"");
}

}  // namespace

}  // namespace ajour::test

// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

std::string error_of(const std::string& text, const JsonBounds& bounds = {}) {
    const auto value = Value::parse(text, bounds);
    return value ? "parsed " + value->described() : value.error().text;
}

TEST(OciJson, reads_each_kind_of_value) {
    const auto value =
        Value::parse(R"({"a":"x","b":12,"c":true,"d":[1,[]],"e":{"f":null},"g":-1})");
    ASSERT_TRUE(value) << value.error().text;
    EXPECT_EQ(*value->member("a")->text(), "x");
    EXPECT_EQ(*value->member("b")->number(), 12U);
    EXPECT_TRUE(*value->member("c")->boolean());
    EXPECT_EQ(value->member("d")->list()->size(), 2U);
    EXPECT_EQ(value->member("e")->member("f"), nullptr) << "null counts as absent";
    EXPECT_EQ(value->member("g")->number(), nullptr);
    EXPECT_EQ(value->member("h"), nullptr);
    EXPECT_EQ(value->member("a")->member("x"), nullptr);
}

TEST(OciJson, bounds_bytes_values_and_depth) {
    EXPECT_THAT(error_of("[1,2,3]", {6}), HasSubstr("7 bytes of JSON, at most 6"));
    EXPECT_THAT(error_of("[1,2,3]", {100, 3}), HasSubstr("more than 3 values"));
    EXPECT_THAT(error_of("[[[1]]]", {100, 100, 2}), HasSubstr("nested deeper than 2"));
    EXPECT_THAT(error_of(std::string(1'000'000, '[')), HasSubstr("nested deeper than 32"));
}

TEST(OciJson, refuses_a_member_that_is_named_twice) {
    EXPECT_THAT(error_of(R"({"a":1,"a":2})"), HasSubstr("names the member a twice"));
}

TEST(OciJson, says_where_the_error_is_and_how_the_text_begins) {
    EXPECT_THAT(error_of("<html>\x1b[31m"), HasSubstr("not JSON: error at byte 1"));
    EXPECT_THAT(error_of("<html>\x1b[31m"), HasSubstr("begins with <html>?[31m"));
    EXPECT_THAT(error_of(""), HasSubstr("not JSON"));
    EXPECT_THAT(error_of("{\"a\":\"\xff\"}"), HasSubstr("not JSON"));
    EXPECT_THAT(error_of("1e999"), HasSubstr("not JSON"));
    EXPECT_LE(error_of("{" + std::string(100'000, 'x')).size(), 100U);
}

TEST(OciJson, takes_numbers_of_any_length_for_what_they_are) {
    const auto value = Value::parse("[18446744073709551615,18446744073709551616,1.5]");
    ASSERT_TRUE(value) << value.error().text;
    EXPECT_EQ(*(*value->list())[0].number(), UINT64_MAX);
    EXPECT_EQ((*value->list())[1].number(), nullptr);
    EXPECT_EQ((*value->list())[2].number(), nullptr);
}

TEST(OciJson, shows_printable_text_only_and_little_of_it) {
    EXPECT_EQ(printable("a\nb\x7f\xc3\xa9"), "a?b???");
    EXPECT_EQ(printable(std::string(100, 'a'), 4), "aaaa...");
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "request_target.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::http {
namespace {

using std::chrono::seconds;

/// Keeps the text that the parsed target points into.
struct Parsed {
    explicit Parsed(std::string given) : text(std::move(given)), target(parse_target(text)) {}
    std::string text;
    std::optional<RequestTarget> target;
};

TEST(RequestTarget, gives_the_channel_with_and_without_a_suffix) {
    EXPECT_EQ(Parsed("/v1/dfu").target->channel, "dfu");
    EXPECT_EQ(Parsed("/v1/dfu/").target->channel, "dfu");
    EXPECT_EQ(Parsed("/v1/dfu/a/b?ct=1").target->channel, "dfu");
    EXPECT_EQ(Parsed("/v1/telemetry").target->channel, "telemetry");
}

TEST(RequestTarget, has_no_channel_elsewhere) {
    for (const auto* text : {"/", "/v1", "/v1/", "/v2/dfu", "/v1dfu", "*", "", "dfu", "//v1/dfu"}) {
        EXPECT_EQ(Parsed(text).target->channel, "") << text;
    }
}

TEST(RequestTarget, accepts_the_absolute_form) {
    EXPECT_EQ(Parsed("http://host:80/v1/dfu?ct=2").target->channel, "dfu");
    EXPECT_EQ(Parsed("https://host/").target->path, "/");
    EXPECT_EQ(Parsed("http://host").target->path, "/");
}

TEST(RequestTarget, reads_all_parameters) {
    const Parsed parsed("/v1/dfu?application=app&device=dev&as=other&ct=30&data_schema=x");
    ASSERT_TRUE(parsed.target);
    EXPECT_EQ(parsed.target->application, "app");
    EXPECT_EQ(parsed.target->device, "dev");
    EXPECT_EQ(parsed.target->as, "other");
    EXPECT_EQ(parsed.target->command_timeout, seconds(30));
}

TEST(RequestTarget, takes_commandTimeout_for_ct) {
    EXPECT_EQ(Parsed("/v1/dfu?commandTimeout=7").target->command_timeout, seconds(7));
}

TEST(RequestTarget, decodes_values_and_names) {
    const Parsed parsed("/v1/dfu?d%65vice=a%40b%2Bc+d&application=%");
    ASSERT_TRUE(parsed.target);
    EXPECT_EQ(parsed.target->device, "a@b+c d");
    EXPECT_EQ(parsed.target->application, "%");
}

TEST(RequestTarget, refuses_a_ct_that_is_no_whole_number) {
    for (const auto* ct :
         {"", "x", "1.5", "-1", "+1", " 1", "1s", "99999999999999999999", "0x10"}) {
        EXPECT_FALSE(Parsed(std::string("/v1/dfu?ct=") + ct).target) << ct;
    }
}

TEST(RequestTarget, refuses_a_parameter_given_twice) {
    EXPECT_FALSE(Parsed("/v1/dfu?device=a&device=b").target);
    EXPECT_FALSE(Parsed("/v1/dfu?application=a&application=a").target);
    EXPECT_FALSE(Parsed("/v1/dfu?as=a&as=b").target);
    EXPECT_FALSE(Parsed("/v1/dfu?ct=1&commandTimeout=1").target);
}

TEST(RequestTarget, tells_an_empty_value_from_a_missing_one) {
    const Parsed parsed("/v1/dfu?device&application=&&&");
    ASSERT_TRUE(parsed.target);
    EXPECT_EQ(parsed.target->device, "");
    EXPECT_EQ(parsed.target->application, "");
    EXPECT_FALSE(parsed.target->as);
}

TEST(RequestTarget, keeps_what_follows_a_second_question_mark_in_the_value) {
    EXPECT_EQ(Parsed("/v1/dfu?device=a?b").target->device, "a?b");
}

TEST(PercentDecode, leaves_alone_what_is_no_escape) {
    const auto decoded = [](std::string text) {
        const auto chars = percent_decode(text);
        return std::string(chars.data(), chars.size());
    };
    EXPECT_EQ(decoded("100%"), "100%");
    EXPECT_EQ(decoded("%4"), "%4");
    EXPECT_EQ(decoded("%zz%41"), "%zzA");
    EXPECT_EQ(decoded("%%41"), "%A");
    EXPECT_EQ(decoded("%00").size(), 1U);
    EXPECT_EQ(decoded(""), "");
}

}  // namespace
}  // namespace ajour::http

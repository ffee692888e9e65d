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

TEST(RequestTarget, keeps_what_follows_a_second_question_mark_in_the_value) {
    EXPECT_EQ(Parsed("/v1/dfu?device=a?b").target->device, "a?b");
}

}  // namespace
}  // namespace ajour::http

// SPDX-License-Identifier: Apache-2.0
#include "distribution/token_answer.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST(TokenAnswer, may_have_either_name) {
    EXPECT_EQ(parse_token_answer(R"({"token":"a"})")->token, "a");
    EXPECT_EQ(parse_token_answer(R"({"access_token":"b"})")->token, "b");
    EXPECT_EQ(parse_token_answer(R"({"token":"a","access_token":"b"})")->token, "a");
    EXPECT_EQ(parse_token_answer(R"({"token":"","access_token":"b"})")->token, "b");
}

TEST(TokenAnswer, is_good_for_a_minute_if_it_does_not_say) {
    EXPECT_EQ(parse_token_answer(R"({"token":"a"})")->good_for, seconds(60));
    EXPECT_EQ(parse_token_answer(R"({"token":"a","expires_in":0})")->good_for, seconds(60));
    EXPECT_EQ(parse_token_answer(R"({"token":"a","expires_in":"300"})")->good_for, seconds(60));
    EXPECT_EQ(parse_token_answer(R"({"token":"a","expires_in":-5})")->good_for, seconds(60));
    EXPECT_EQ(parse_token_answer(R"({"token":"a","expires_in":300})")->good_for, seconds(300));
    EXPECT_EQ(parse_token_answer(R"({"token":"a","expires_in":18446744073709551615})")->good_for,
              seconds(86400));
}

TEST(TokenAnswer, refuses_what_does_not_fit_a_header) {
    const std::string bodies[] = {"",
                                  "<html>",
                                  "[]",
                                  "{}",
                                  R"({"token":7})",
                                  R"({"token":""})",
                                  R"({"token":"a b"})",
                                  R"({"token":"a\r\nX: y"})",
                                  R"({"token":"a\u0000"})",
                                  R"({"token":")" + std::string(70'000, 'a') + R"("})",
                                  std::string(300'000, ' ')};
    for (const auto& body : bodies) {
        EXPECT_FALSE(parse_token_answer(body)) << body.substr(0, 40);
    }
}

TEST(TokenAnswer, never_shows_what_may_be_a_token) {
    for (const auto* body : {"secret", R"({"token":"secret value"})", R"("secret")"}) {
        EXPECT_THAT(parse_token_answer(body).error().text, Not(HasSubstr("secret"))) << body;
    }
}

}  // namespace

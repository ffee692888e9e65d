// SPDX-License-Identifier: Apache-2.0
#include "drogue_access/token_answer.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_access {
namespace {

TEST(TokenAnswer, has_a_token_and_its_lifetime) {
    const auto token =
        read_token(R"({"access_token":"abc.def","expires_in":60,"token_type":"Bearer"})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->text, "abc.def");
    EXPECT_EQ(token->lifetime, std::chrono::seconds(60));
}

TEST(TokenAnswer, has_five_minutes_when_it_says_none_and_a_day_at_most) {
    EXPECT_EQ(read_token(R"({"access_token":"a"})")->lifetime, std::chrono::minutes(5));
    EXPECT_EQ(read_token(R"({"access_token":"a","expires_in":-5})")->lifetime,
              std::chrono::minutes(5));
    EXPECT_EQ(read_token(R"({"access_token":"a","expires_in":1e300})")->lifetime,
              std::chrono::minutes(5));
    EXPECT_EQ(read_token(R"({"access_token":"a","expires_in":18446744073709551615})")->lifetime,
              std::chrono::hours(24));
}

TEST(TokenAnswer, that_cannot_stand_in_a_header_or_in_json_is_refused_without_repeating_it) {
    for (const auto* answer : {"", "nonsense", "[]", "{}", R"({"access_token":7})",
                               R"({"access_token":""})", R"({"access_token":"se\r\ncret"})",
                               R"({"access_token":"se cret"})", R"({"access_token":"se\"cret"})"}) {
        const auto token = read_token(answer);
        ASSERT_FALSE(token) << answer;
        EXPECT_EQ(token.error().kind, sdk::ErrorKind::Malformed);
        EXPECT_EQ(token.error().text.find("se"), std::string::npos);
    }
}

}  // namespace
}  // namespace ajour::drogue_access

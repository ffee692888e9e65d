// SPDX-License-Identifier: Apache-2.0
#include "cloud_answers.hpp"

#include "access.hpp"
#include "post_outcome.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

using std::chrono::seconds;

TEST(Applications, are_read_from_the_registrys_list) {
    const auto names = read_applications(
        R"([{"metadata":{"name":"a","uid":"1"},"spec":{}},{"metadata":{"name":"b"}}])");
    ASSERT_TRUE(names.ok());
    EXPECT_EQ(*names, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(read_applications("[]").ok());
}

TEST(Applications, are_read_from_nothing_else) {
    for (const auto* text : {"", "{}", "null", "[1]", "[{}]", R"([{"metadata":{}}])",
                             R"([{"metadata":{"name":7}}])", R"([{"metadata":[]}])", "[{"}) {
        EXPECT_FALSE(read_applications(text).ok()) << text;
    }
}

TEST(Access, is_by_user_and_token) {
    const Access access({"me", "drg_1", "", "", ""});
    EXPECT_EQ(access.login(true)->user, "me");
    EXPECT_EQ(access.login(true)->password, "drg_1");
    EXPECT_EQ(*access.authorization(), "Basic bWU6ZHJnXzE=");
    EXPECT_FALSE(access.due());
}

TEST(Access, may_be_anonymous) {
    const Access access({});
    EXPECT_EQ(access.login(true)->user, "");
    EXPECT_EQ(*access.authorization(), "");
}

TEST(Access, by_openid_waits_for_a_token) {
    Access access({"", "", "https://sso.example/token", "ajour", "secret"});
    EXPECT_EQ(access.login(true).error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_EQ(access.authorization().error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_LE(*access.due(), Access::Clock::now());
    const auto now = Access::Clock::now();
    access.keep({"abc", seconds(100)}, now);
    EXPECT_EQ(access.login(true)->password, "abc");
    EXPECT_EQ(access.login(true)->user, "");
    EXPECT_EQ(access.login(false)->user, "abc");
    EXPECT_EQ(access.login(false)->password, "");
    EXPECT_EQ(*access.authorization(), "Bearer abc");
    EXPECT_EQ(*access.due(), now + seconds(80));
}

TEST(Access, by_openid_has_no_token_that_ended) {
    Access access({"", "", "https://sso.example/token", "ajour", "secret"});
    access.keep({"abc", seconds(100)}, Access::Clock::now() - seconds(101));
    EXPECT_FALSE(access.authorization().ok());
}

TEST(PostOutcome, is_known_by_the_status) {
    EXPECT_EQ(outcome_of(200), PostOutcome::Accepted);
    EXPECT_EQ(outcome_of(202), PostOutcome::Accepted);
    EXPECT_EQ(outcome_of(406), PostOutcome::Rejected);
    EXPECT_EQ(outcome_of(403), PostOutcome::Denied);
    EXPECT_EQ(outcome_of(404), PostOutcome::Denied);
    EXPECT_EQ(outcome_of(503), PostOutcome::Busy);
    EXPECT_EQ(outcome_of(500), PostOutcome::Failed);
    EXPECT_EQ(outcome_of(204), PostOutcome::Failed);
}

}  // namespace
}  // namespace ajour::drogue

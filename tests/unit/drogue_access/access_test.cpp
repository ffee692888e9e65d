// SPDX-License-Identifier: Apache-2.0
// Against a token endpoint on the loopback interface.
#include "drogue_access/access.hpp"

#include "support/scripted_http_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

namespace ajour::drogue_access {
namespace {

using support::HttpTurn;
using support::ScriptedHttpServer;

http_client::Options plain() {
    http_client::Options options;
    options.plain = true;
    return options;
}

class OpenId : public testing::Test {
protected:
    void answer(HttpTurn& turn) {
        if (failing) return turn.answer(503);
        turn.answer(200, R"({"access_token":"t)" + std::to_string(++given) + R"(","expires_in":)" +
                             std::to_string(lifetime.load()) + "}");
    }

    std::atomic<bool> failing{false};
    std::atomic<int> given{0}, lifetime{3600};
    ScriptedHttpServer server{[this](HttpTurn& turn) { answer(turn); }};
    http_client::Client client{plain()};
    Access access{{"", "", server.url("/token"), "a client", "s:cret", {}, ""}, client};
};

TEST(Access, of_a_user_is_basic_and_of_nobody_is_none) {
    http_client::Client client{plain()};
    EXPECT_EQ(*Access({"user", "token", "", "", "", {}, ""}, client).authorization(),
              "Basic dXNlcjp0b2tlbg==");
    EXPECT_EQ(*Access({}, client).authorization(), "");
}

TEST(Access, of_a_user_is_with_the_token_as_it_is_now) {
    http_client::Client client{plain()};
    std::string token = "first";
    Access access({"user", "first", "", "", "", [&] { return token; }, ""}, client);
    EXPECT_EQ(*access.known(), (Proof{"user", "first"}));
    token = "second";
    EXPECT_EQ(*access.known(), (Proof{"user", "second"}));
    EXPECT_EQ(*access.proof(), (Proof{"user", "second"}));
    EXPECT_FALSE(access.due());
}

TEST_F(OpenId, gives_a_token_that_is_remembered) {
    EXPECT_EQ(*access.authorization(), "Bearer t1");
    EXPECT_EQ(*access.authorization(), "Bearer t1");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].body, "grant_type=client_credentials");
    EXPECT_EQ(requests[0].header("authorization"), "Basic YSUyMGNsaWVudDpzJTNBY3JldA==");
}

TEST_F(OpenId, gives_another_one_when_the_cloud_refused_the_last) {
    const auto first = *access.proof();
    access.forget({"", "another"});
    EXPECT_EQ(*access.proof(), first);
    access.forget(first);
    EXPECT_FALSE(access.known());
    EXPECT_EQ(*access.authorization(), "Bearer t2");
}

TEST_F(OpenId, knows_a_token_without_asking_for_it) {
    EXPECT_EQ(access.known().error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_LE(*access.due(), Access::Clock::now());
    ASSERT_TRUE(access.proof());
    EXPECT_EQ(access.known()->header(), "Bearer t1");
    EXPECT_GT(*access.due(), Access::Clock::now());
    EXPECT_EQ(given, 1);
}

TEST_F(OpenId, gives_another_one_when_its_time_is_over) {
    lifetime = 0;
    EXPECT_EQ(*access.authorization(), "Bearer t1");
    EXPECT_EQ(*access.authorization(), "Bearer t2");
    failing = true;
    const auto none = access.authorization();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, sdk::ErrorKind::Unavailable);
    EXPECT_EQ(none.error().text.find("cret"), std::string::npos);
}

TEST(Credentials, are_a_user_with_a_token_or_a_client_but_not_both) {
    EXPECT_EQ((Credentials{"u", "t", "", "", "", {}, ""}.problem(false)), "");
    EXPECT_EQ((Credentials{"", "", "https://sso", "c", "s", {}, ""}.problem(false)), "");
    EXPECT_EQ(Credentials{}.problem(false), "");
    EXPECT_NE((Credentials{"u", "t", "https://sso", "c", "s", {}, ""}.problem(false)), "");
    EXPECT_NE((Credentials{"", "", "https://sso", "", "", {}, ""}.problem(false)), "");
    EXPECT_NE((Credentials{"", "", "", "c", "s", {}, ""}.problem(false)), "");
    EXPECT_EQ((Credentials{"", "", "", "c", "s", {}, "https://api"}.problem(false)), "");
    EXPECT_NE((Credentials{"u", "", "", "", "", {}, ""}.problem(false)), "");
    EXPECT_NE((Credentials{"u:v", "t", "", "", "", {}, ""}.problem(false)), "");
}

TEST(Credentials, are_shown_by_plain_http_only_when_that_is_allowed) {
    Credentials credentials{"me", "drg_1", "", "", "", {}, "http://api.example"};
    EXPECT_EQ(credentials.problem(false),
              "api begins with http://, which plain = true would allow");
    EXPECT_EQ(credentials.problem(true), "");
    credentials = {"", "", "http://sso.example/token", "ajour", "secret", {}, ""};
    EXPECT_EQ(credentials.problem(false),
              "oidc.url begins with http://, which plain = true would allow");
    EXPECT_EQ(credentials.problem(true), "");
}

}  // namespace
}  // namespace ajour::drogue_access

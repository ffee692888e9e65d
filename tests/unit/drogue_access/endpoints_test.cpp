// SPDX-License-Identifier: Apache-2.0
#include "drogue_access/endpoints.hpp"

#include "support/scripted_http_server.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_access {
namespace {

TEST(Endpoints, are_read_as_far_as_they_are_there) {
    const auto all = read_endpoints(
        R"({"api":"https://a","mqtt_integration":{"host":"m.example","port":8883},
            "websocket_integration":{"url":"wss://w.example"},"issuer_url":"https://sso/realms/d"})");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->mqtt_host, "m.example");
    EXPECT_EQ(all->mqtt_port, 8883);
    EXPECT_EQ(all->websocket_url, "wss://w.example");
    EXPECT_EQ(all->issuer_url, "https://sso/realms/d");
    const auto none = read_endpoints("{}");
    ASSERT_TRUE(none);
    EXPECT_EQ(none->mqtt_host + none->websocket_url + none->issuer_url, "");
}

TEST(Endpoints, that_cannot_be_any_are_left_out) {
    const auto odd = read_endpoints(
        R"({"mqtt_integration":{"host":"a b","port":65536},"websocket_integration":"wss://w",
            "issuer_url":7})");
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->mqtt_host + odd->websocket_url + odd->issuer_url, "");
    EXPECT_EQ(odd->mqtt_port, 0);
    for (const auto* text : {"", "[]", "7", "{", "nonsense"}) EXPECT_FALSE(read_endpoints(text));
}

TEST(TokenEndpoint, is_a_url) {
    EXPECT_EQ(*read_token_endpoint(R"({"token_endpoint":"https://sso/token"})"),
              "https://sso/token");
    for (const auto* text : {"{}", R"({"token_endpoint":7})", R"({"token_endpoint":"/token"})"}) {
        EXPECT_FALSE(read_token_endpoint(text)) << text;
    }
}

TEST(TokenEndpoint, is_found_from_the_cloud) {
    std::string issuer;
    support::ScriptedHttpServer server([&](support::HttpTurn& turn) {
        if (turn.request.path() == "/.well-known/drogue-endpoints") {
            return turn.answer(200, R"({"issuer_url":")" + issuer + R"("})");
        }
        if (turn.request.path() != "/realms/d/.well-known/openid-configuration") {
            return turn.answer(404);
        }
        turn.answer(200, R"({"token_endpoint":"https://sso/token"})");
    });
    http_client::Options options;
    options.plain = true;
    http_client::Client client(options);
    EXPECT_EQ(find_token_endpoint(client, server.origin()).error().kind, sdk::ErrorKind::NotFound);
    issuer = server.url("/realms/d/");
    EXPECT_EQ(*find_token_endpoint(client, server.origin()), "https://sso/token");
    EXPECT_FALSE(find_token_endpoint(client, server.url("/elsewhere")));
}

}  // namespace
}  // namespace ajour::drogue_access

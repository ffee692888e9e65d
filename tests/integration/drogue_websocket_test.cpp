// SPDX-License-Identifier: Apache-2.0
// Events by the WebSocket integration, commands by the HTTP interface.
#include "drogue_server.hpp"
#include "support/certificates.hpp"
#include "support/scripted_http_server.hpp"
#include "support/websocket_server.hpp"

#include <algorithm>

namespace ajour::integration {
namespace {

using support::HttpTurn;
using support::ScriptedHttpServer;
using support::WebSocketServer;

struct Sockets {
    explicit Sockets(support::HttpHandler handler = [](HttpTurn& turn) { turn.answer(202); })
        : api(std::move(handler)) {}

    Settings settings(Settings more = {}) const {
        more.try_emplace("input", "websocket");
        more.try_emplace("websocket.url", "ws://127.0.0.1:" + std::to_string(cloud.port) + "/in");
        more.try_emplace("api", api.origin());
        more.try_emplace("commands", "http");
        more.try_emplace("applications", "app");
        return more;
    }

    WebSocketServer cloud;
    ScriptedHttpServer api;
};

TEST(DrogueWebSocket, brings_events_whose_commands_are_posted) {
    Sockets sockets;
    DrogueServer server(sockets.settings({{"user", "me"}, {"token", "secret"}, {"group", "g"}}));
    ASSERT_TRUE(server.is_connected());
    const auto request = sockets.cloud.requests().at(0);
    EXPECT_EQ(request.target, "/in/app?group_id=g");
    EXPECT_EQ(request.authorization, "Basic bWU6c2VjcmV0");
    sockets.cloud.send(EventText::of("dev", "status").text());
    ASSERT_TRUE(server.reaches("command_posts_accepted", 1));
    EXPECT_EQ(server.inbox.messages().at(0).device.text(), "app/dev");
    EXPECT_EQ(server.inbox.messages().at(0).payload, "status");
    EXPECT_EQ(sockets.api.requests().at(0).body, "command");
}

TEST(DrogueWebSocket, asks_for_one_channel_when_that_is_all_it_needs) {
    Sockets sockets;
    DrogueServer server(sockets.settings({{"lora.sender", "none"}}));
    ASSERT_TRUE(server.is_connected());
    EXPECT_EQ(sockets.cloud.requests().at(0).target, "/in/app/dfu");
}

TEST(DrogueWebSocket, answers_pings_and_survives_poison) {
    Sockets sockets;
    DrogueServer server(sockets.settings());
    ASSERT_TRUE(server.is_connected());
    sockets.cloud.send("garbage");
    sockets.cloud.send(EventText::of("dev", "status").text());
    ASSERT_TRUE(server.reaches("command_posts_accepted", 1));
    EXPECT_EQ(server.host.value("events_unreadable"), 1);
    sockets.cloud.ping();
    EXPECT_TRUE(await([&] { return sockets.cloud.pongs > 0; }));
    EXPECT_EQ(server.host.value("connections_lost"), 0);
}

TEST(DrogueWebSocket, comes_back_after_each_cut_and_each_refusal) {
    Sockets sockets;
    DrogueServer server(sockets.settings());
    for (int life = 1; life <= 3; ++life) {
        ASSERT_TRUE(server.reaches("connects", life));
        sockets.cloud.cut();
        ASSERT_TRUE(server.reaches("connections_lost", life));
    }
    sockets.cloud.refuse_with(403);
    sockets.cloud.cut();
    EXPECT_TRUE(server.reaches("connect_failures", 2));
    EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, "it answered 403"));
    EXPECT_TRUE(await([&] { return server.host.trouble().ends_with("it answered 403"); }))
        << server.host.trouble();
    sockets.cloud.refuse_with(0);
    EXPECT_TRUE(server.is_connected());
    EXPECT_TRUE(await([&] { return server.host.trouble().empty(); })) << server.host.trouble();
}

TEST(DrogueWebSocket, has_a_connection_for_each_application_up_to_its_bound) {
    Sockets sockets;
    DrogueServer server(sockets.settings({{"applications", "a,b,c"}, {"websocket.max", "2"}}));
    ASSERT_TRUE(server.reaches("connected", 2));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(server.host.value("connected"), 2);
    EXPECT_EQ(sockets.cloud.requests().size(), 2U);
}

TEST(DrogueWebSocket, shows_a_new_token_before_the_last_one_ends) {
    std::atomic<int> tokens{0};
    Sockets sockets([&](HttpTurn& turn) {
        turn.answer(200,
                    R"({"access_token":"jwt-)" + std::to_string(++tokens) + R"(","expires_in":2})");
    });
    DrogueServer server(sockets.settings({{"oidc.url", sockets.api.url("/token")},
                                          {"oidc.client", "ajour"},
                                          {"oidc.secret", "secret"}}));
    ASSERT_TRUE(server.tend().ok());
    ASSERT_TRUE(server.is_connected());
    const auto first = sockets.cloud.requests().back().authorization;
    EXPECT_TRUE(await([&] { return server.tend().ok() && tokens >= 2; }));
    EXPECT_EQ(first, "Bearer jwt-1");
    EXPECT_TRUE(await([&] { return !sockets.cloud.received().empty(); }));
    EXPECT_EQ(sockets.cloud.received().at(0), R"({"RefreshAccessToken":"jwt-2"})");
    EXPECT_EQ(server.host.value("connections_lost"), 0);
    EXPECT_FALSE(server.host.has_logged(sdk::LogLevel::Debug, "jwt-"));
}

/// A server that can be asked by HTTP alone says so once it is believed.
TEST(DrogueWebSocket, believes_a_server_of_its_authority_and_name_alone) {
    Sockets sockets;
    const support::Certificates certificates;
    const support::Certificates other;
    ScriptedHttpServer cloud(
        [](HttpTurn& turn) { turn.answer(404); },
        {certificates.file("server.crt"), certificates.file("server.key"), ""});
    const auto port = std::to_string(cloud.port());
    const auto says = [&](const std::string& host, const std::string& ca, const char* line) {
        DrogueServer server(
            sockets.settings({{"websocket.url", "wss://" + host + ":" + port}, {"tls.ca", ca}}));
        EXPECT_TRUE(server.reaches("connect_failures", 1));
        EXPECT_TRUE(server.host.logs(sdk::LogLevel::Warning, line)) << server.host.log_text();
    };
    says("localhost", certificates.file("ca.crt"), "it answered 404");
    says("localhost", other.file("ca.crt"), "securing the connection: ");
    says("127.0.0.1", certificates.file("ca.crt"),
         "securing the connection: certificate verify failed");
}

TEST(DrogueWebSocket, stops_at_once_also_while_it_connects) {
    Sockets sockets;
    DrogueServer server(
        sockets.settings({{"websocket.url", "ws://192.0.2.1:81/"}, {"timeout.connect", "1h"}}));
    const auto begin = std::chrono::steady_clock::now();
    server.transport->try_stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace ajour::integration

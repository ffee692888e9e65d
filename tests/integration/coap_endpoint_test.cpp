// SPDX-License-Identifier: Apache-2.0
// The transport on its socket, datagram by datagram.
#include "coap_server.hpp"

#include <algorithm>
#include <vector>

namespace ajour::integration {
namespace {

using namespace std::chrono_literals;

TEST(CoapEndpoint, answers_a_status) {
    CoapServer server;
    const UdpClient client(server.port());
    const auto answer = client.ask(coap_status(7));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 205U);
    EXPECT_EQ(answer->payload, "command");
    EXPECT_EQ(server.host.value("requests"), 1);
}

TEST(CoapEndpoint, answers_duplicates_alike_and_takes_them_once) {
    CoapServer server;
    const UdpClient client(server.port());
    client.send(coap_status(7));
    const auto first = client.receive();
    for (int i = 0; i < 3; ++i) {
        client.send(coap_status(7));
        EXPECT_EQ(client.receive(), first);
    }
    EXPECT_EQ(server.inbox.messages().size(), 1U);
}

TEST(CoapEndpoint, answers_a_ping) {
    const CoapServer server;
    const UdpClient client(server.port());
    client.send(std::string("\x40\x00\xab\xcd", 4));
    EXPECT_EQ(client.receive(), std::string("\x70\x00\xab\xcd", 4));
}

TEST(CoapEndpoint, never_sends_more_than_three_times_what_came) {
    const CoapServer server({}, [](const sdk::Message& message, sdk::Reply& reply) {
        reply.send(sdk::bytes_of(std::string(std::max(900U, message.room), 'x')));
    });
    const auto status = encode(coap_status(7));
    for (std::size_t size = 0; size <= status.size(); ++size) {
        const UdpClient client(server.port());
        client.send(status.substr(0, size));
        client.send(std::string("\x40\x00\xab\xcd", 4));
        std::size_t received = 0;
        for (std::string datagram; datagram != std::string("\x70\x00\xab\xcd", 4);) {
            const auto next = client.receive();
            ASSERT_TRUE(next) << size;
            datagram = *next;
            if (datagram != std::string("\x70\x00\xab\xcd", 4)) received += datagram.size();
        }
        EXPECT_LE(received, 3 * size) << size;
    }
}

TEST(CoapEndpoint, answers_a_datagram_that_is_too_long) {
    const CoapServer server;
    const UdpClient client(server.port());
    const auto answer = client.ask(coap_status(7, std::string(9000, 'x')));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 413U);
    EXPECT_EQ(answer->number(names::size1), 4096U);
}

TEST(CoapEndpoint, serves_many_peers_on_many_threads) {
    CoapServer server(Settings{{"threads", "3"}});
    std::vector<std::unique_ptr<UdpClient>> clients;
    for (std::uint16_t i = 0; i < 50; ++i) {
        clients.push_back(std::make_unique<UdpClient>(server.port()));
        clients.back()->send(coap_status(i, std::to_string(i)));
    }
    for (const auto& client : clients) {
        const auto answer = client->answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->payload, "command");
    }
    for (const auto& client : clients) client->send(coap_status(1, "0"));
    for (const auto& client : clients) EXPECT_TRUE(client->answer());
    EXPECT_EQ(server.inbox.messages().size(), 100U);
}

TEST(CoapEndpoint, does_not_share_its_port) {
    const CoapServer server(Settings{{"threads", "2"}});
    for (const char* threads : {"1", "2"}) {
        support::TestHost host(CoapServer::plugin().settings,
                               {{"address", "127.0.0.1"},
                                {"port", std::to_string(server.port())},
                                {"threads", threads}});
        RecordingInbox inbox;
        const auto second = support::create<sdk::TransportPort>(CoapServer::plugin(), host);
        const auto started = second->try_start(inbox);
        ASSERT_FALSE(started.ok());
        EXPECT_NE(started.error().text.find("Address already in use"), std::string::npos)
            << started.error().text;
    }
}

TEST(CoapEndpoint, lives_through_garbage) {
    CoapServer server;
    const UdpClient client(server.port());
    const auto status = encode(coap_status(7));
    std::uint32_t random = 1;
    for (int i = 0; i < 20000; ++i) {
        auto garbage = status.substr(0, random % (status.size() + 1));
        for (int k = 0; k < 3 && !garbage.empty(); ++k) {
            random = random * 1664525 + 1013904223;
            garbage[random >> 8 & 0xffff % garbage.size()] = static_cast<char>(random >> 24);
        }
        client.send(garbage);
    }
    const UdpClient another(server.port());
    std::optional<CoapMessage> answer;
    for (int i = 0; i < 20 && !answer; ++i) answer = another.ask(coap_status(8), 500ms);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 205U);
}

TEST(CoapEndpoint, waits_for_running_turns_at_stop) {
    HeldReply held;
    CoapServer server({}, held.keep());
    const UdpClient client(server.port());
    client.send(coap_status(7));
    const auto reply = held.take();
    ASSERT_TRUE(reply && server.reaches("exchanges", 1));
    std::thread stopping([&] { server.transport->try_stop(); });
    std::this_thread::sleep_for(100ms);
    reply->send(sdk::bytes_of("command"));
    stopping.join();
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->payload, "command");
}

TEST(CoapEndpoint, stops_in_time_though_a_turn_does_not_end) {
    HeldReply held;
    CoapServer server(Settings{{"timeout.stop", "200ms"}}, held.keep());
    const UdpClient client(server.port());
    client.send(coap_status(7));
    const auto reply = held.take();
    ASSERT_TRUE(reply && server.reaches("exchanges", 1));
    const auto begin = std::chrono::steady_clock::now();
    server.transport->try_stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_FALSE(std::filesystem::exists(server.host.state_directory() / "port"));
    reply->send(sdk::bytes_of("too late"));
}

TEST(CoapEndpoint, says_where_it_listens_and_what_it_leaves_open) {
    const CoapServer server(Settings{{"authentication", "none"}, {"amplification", "off"}});
    EXPECT_TRUE(server.host.has_logged(
        sdk::LogLevel::Info, "listening on coap://127.0.0.1:" + std::to_string(server.port())));
    EXPECT_TRUE(server.host.has_logged(sdk::LogLevel::Warning, "AUTHENTICATION IS OFF"));
    EXPECT_TRUE(server.host.has_logged(sdk::LogLevel::Warning, "amplification = off"));
}

TEST(CoapEndpoint, never_logs_a_credential) {
    const CoapServer server;
    const UdpClient client(server.port());
    EXPECT_TRUE(client.ask(coap_status(7)));
    auto wrong = coap_status(8);
    wrong.options.erase(names::authorization);
    EXPECT_TRUE(client.ask(wrong.with(names::authorization, "Basic cGFzc3dvcmQ=")));
    for (const auto& line : server.host.lines()) {
        EXPECT_EQ(line.text.find("pw"), std::string::npos) << line.text;
        EXPECT_EQ(line.text.find("Basic"), std::string::npos) << line.text;
    }
}

}  // namespace
}  // namespace ajour::integration

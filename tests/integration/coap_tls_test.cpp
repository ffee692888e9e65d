// SPDX-License-Identifier: Apache-2.0
// The transport behind DTLS, with libcoap's clients and one of our own.
#include "coaps_server.hpp"
#include "support/dtls_client.hpp"

#include <atomic>

namespace ajour::integration {
namespace {

using sdk::Credential;
using support::der_of;
using support::DtlsClient;
using support::has_program;
using support::run_shell;

struct CoapsClients : testing::TestWithParam<const char*> {
    void SetUp() override {
        if (!has_program(GetParam())) GTEST_SKIP() << "there is no " << GetParam();
    }
    /// What the client wrote; it gives up after some seconds.
    std::string post(const std::string& flags, const std::string& url) {
        const auto file = (directory.path() / "out").string();
        std::filesystem::remove(file);
        output = run_shell(std::string(GetParam()) + " -v 5 -B 8 -m post -t 60 -e status -o " +
                           file + " " + flags + " \"" + url + "\"")
                     .output;
        return std::filesystem::exists(file) ? support::content_of(file) : "";
    }
    support::TempDirectory directory;
    std::string output;
};

INSTANTIATE_TEST_SUITE_P(Libcoap, CoapsClients,
                         testing::Values("coap-client-openssl", "coap-client-gnutls"),
                         [](const auto& client) { return std::string(client.param).substr(12); });

TEST_P(CoapsClients, show_their_key) {
    const CoapsServer server;
    EXPECT_EQ(post("-u dev@app -k 0123456789abcdef", server.tls_url()), "command") << output;
    const auto messages = server.inbox.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].kind, Credential::Kind::PreSharedKey);
    EXPECT_EQ(messages[0].device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(messages[0].sender, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(messages[0].peer, "127.0.0.1");
}

TEST_P(CoapsClients, speak_for_other_devices) {
    const CoapsServer server;
    post("-u gateway@app -k 0123456789abcdef", server.tls_url("/v1/dfu?as=sensor"));
    ASSERT_EQ(server.inbox.messages().size(), 1U) << output;
    EXPECT_EQ(server.inbox.messages()[0].device, sdk::DeviceId("app", "sensor"));
    EXPECT_EQ(server.inbox.messages()[0].sender, sdk::DeviceId("app", "gateway"));
}

TEST_P(CoapsClients, come_to_nothing_with_a_wrong_key_or_identity) {
    const CoapsServer server;
    EXPECT_EQ(post("-u dev@app -k wrong", server.tls_url()), "");
    EXPECT_EQ(post("-u dev@other -k 0123456789abcdef", server.tls_url()), "");
    EXPECT_EQ(post("-u nobody -k 0123456789abcdef", server.tls_url()), "");
    EXPECT_TRUE(server.inbox.messages().empty());
}

TEST_P(CoapsClients, wait_for_a_key_that_has_to_be_fetched) {
    CoapsServer server;
    std::atomic<int> asked{0};
    server.inbox.give_keys([&](const sdk::DeviceView& device) -> sdk::Result<sdk::Bytes> {
        if (++asked == 1) return sdk::Error{sdk::ErrorKind::Unavailable, "the registry is asked"};
        return keys()(device);
    });
    EXPECT_EQ(post("-u dev@app -k 0123456789abcdef", server.tls_url()), "command") << output;
    EXPECT_EQ(server.host.value("tls_keys_awaited"), 1);
}

TEST_P(CoapsClients, show_their_certificate) {
    const Certificates certificates;
    const CoapsServer server(certificates.settings());
    EXPECT_EQ(post(certificates.flags("device"), server.tls_url()), "command") << output;
    const auto messages = server.inbox.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].kind, Credential::Kind::Certificate);
    EXPECT_EQ(messages[0].device, sdk::DeviceId("O=Acme, CN=app", "O=Acme, CN=dev"));
    EXPECT_EQ(messages[0].secret, der_of(certificates.file("device.crt")));
}

TEST_P(CoapsClients, show_the_certificate_of_any_authority_since_the_host_judges_it) {
    const Certificates certificates;
    const CoapsServer server(certificates.settings());
    EXPECT_EQ(post(certificates.flags("stranger"), server.tls_url()), "command") << output;
    EXPECT_EQ(server.inbox.messages().at(0).secret, der_of(certificates.file("stranger.crt")));
}

TEST_P(CoapsClients, show_a_password_where_they_have_no_certificate) {
    const Certificates certificates;
    auto settings = certificates.settings();
    settings.erase("tls.client_certificates");
    const CoapsServer server(settings);
    EXPECT_EQ(post("-n -O 4209,\"Basic ZGV2QGFwcDpwdw==\"", server.tls_url()), "command") << output;
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].kind, Credential::Kind::Password);
}

TEST(CoapTls, answers_in_full_without_an_echo) {
    CoapsServer server;
    server.inbox.answer_with([](const sdk::Message& message, sdk::Reply& reply) {
        reply.send(sdk::bytes_of(std::string(message.room, 'x')));
    });
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    const auto answer = client.ask(bare_status(1));
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->has(names::echo));
    EXPECT_GT(answer->payload.size(), 1000U);
    EXPECT_LE(client.largest_received(), 1152U);
}

TEST(CoapTls, refuses_a_password_beside_the_key) {
    const CoapsServer server;
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    const auto answer = client.ask(coap_status(1));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 403U);
}

TEST(CoapTls, tells_the_host_of_a_wrong_key_and_from_where_it_came) {
    const CoapsServer server;
    EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("dev@app", "wrong"));
    EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("nobody@other", "guess"));
    EXPECT_TRUE(DtlsClient(server.tls_port()).shake_hands("dev@app", key));
    EXPECT_EQ(server.inbox.wrong_keys(),
              (std::vector<std::string>{"app/dev 127.0.0.1", "other/nobody 127.0.0.1"}));
}

TEST(CoapTls, gives_no_key_to_who_has_guessed_too_often) {
    CoapsServer server;
    server.inbox.give_keys([](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        return sdk::Error{sdk::ErrorKind::Throttled, "too many wrong credentials"};
    });
    EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("dev@app", key));
    EXPECT_TRUE(server.reaches("tls_handshake_failures", 1));
    EXPECT_TRUE(server.inbox.wrong_keys().empty()) << "nobody knows whether it was wrong";
    EXPECT_EQ(server.host.value("tls_handshakes"), 0);
}

void expect_refusal_and_end(CoapsServer& server, DtlsClient& client) {
    const auto answer = client.ask(bare_status(2));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->code, 403U);
    EXPECT_FALSE(client.ask(bare_status(3))) << "the session is over";
    EXPECT_TRUE(server.reaches("tls_sessions", 0));
    EXPECT_EQ(server.host.value("tls_sessions_refused"), 1);
    EXPECT_TRUE(client.shake_hands("dev@app", key)) << "it may begin anew";
}

TEST(CoapTls, ends_a_session_whose_key_the_host_refuses) {
    CoapsServer server;
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    ASSERT_TRUE(client.ask(bare_status(1)));
    EXPECT_EQ(server.inbox.messages().at(0).secret, key) << "here a key is its own tag";
    server.inbox.answer_with(RecordingInbox::refusal(sdk::ErrorKind::Refused));
    expect_refusal_and_end(server, client);
}

TEST(CoapTls, ends_a_session_whose_key_the_host_refuses_later) {
    CoapsServer server;
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    ASSERT_TRUE(client.ask(bare_status(1)));
    HeldReply held;
    server.inbox.answer_with(held.keep());
    std::thread host([&] {
        const auto reply = held.take();
        server.inbox.answer_with(RecordingInbox::command("command"));
        if (reply) reply->refuse(sdk::ErrorKind::NotFound);
    });
    expect_refusal_and_end(server, client);
    host.join();
}

TEST(CoapTls, a_session_outlives_the_refusal_of_those_it_spoke_for) {
    CoapsServer server;
    server.inbox.answer_with(RecordingInbox::refusal(sdk::ErrorKind::Refused));
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("gateway@app", key));
    auto status = bare_status(1);
    status.options.emplace(names::uri_query, "as=stranger");
    EXPECT_TRUE(client.ask(status));
    status.id = 2;
    EXPECT_TRUE(client.ask(status));
    server.inbox.give_keys([](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        return sdk::Bytes{1, 2, 3};
    });
    status.id = 3;
    EXPECT_TRUE(client.ask(status));
    EXPECT_TRUE(server.reaches("tls_sessions", 0)) << "its own key was replaced";
}

TEST(CoapTls, keeps_more_sessions_than_it_keeps_ready) {
    CoapsServer server(with_keys({{"tls.sessions.live", "2"}}));
    std::vector<std::unique_ptr<DtlsClient>> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(std::make_unique<DtlsClient>(server.tls_port()));
        ASSERT_TRUE(clients.back()->shake_hands("dev" + std::to_string(i) + "@app", key));
    }
    for (std::uint16_t round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < clients.size(); ++i) {
            const auto answer = clients[i]->ask(bare_status(round));
            ASSERT_TRUE(answer) << round << " " << i;
            EXPECT_EQ(answer->payload, "command");
            EXPECT_EQ(server.inbox.messages().back().device.device, "dev" + std::to_string(i));
        }
    }
    EXPECT_EQ(server.host.value("tls_sessions"), 6);
    EXPECT_EQ(server.host.value("tls_sessions_live"), 2);
}

TEST(CoapTls, lets_the_least_recently_used_session_go) {
    CoapsServer server(with_keys({{"tls.sessions.max", "2"}}));
    std::vector<std::unique_ptr<DtlsClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<DtlsClient>(server.tls_port()));
        ASSERT_TRUE(clients.back()->shake_hands("dev@app", key));
        ASSERT_TRUE(clients.back()->ask(bare_status(1)));
    }
    EXPECT_EQ(server.host.value("tls_sessions"), 2);
    EXPECT_EQ(server.host.value("tls_sessions_evicted"), 1);
    EXPECT_TRUE(clients[1]->ask(bare_status(2)));
    EXPECT_TRUE(clients[2]->ask(bare_status(2)));
    EXPECT_FALSE(clients[0]->ask(bare_status(2)));
}

TEST(CoapTls, lets_a_silent_session_go) {
    CoapsServer server(with_keys({{"tls.timeout.idle", "1s"}}));
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    EXPECT_TRUE(client.ask(bare_status(1)));
    EXPECT_TRUE(server.reaches("tls_session_timeouts", 1));
    EXPECT_EQ(server.host.value("tls_sessions"), 0);
}

TEST(CoapTls, bounds_how_many_handshakes_are_under_way) {
    CoapsServer server(with_keys({{"tls.handshakes.max", "3"}, {"tls.timeout.handshake", "2s"}}));
    server.inbox.give_keys([](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        return sdk::Error{sdk::ErrorKind::Unavailable, "the registry does not answer"};
    });
    std::vector<std::thread> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back(
            [&] { EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("dev@app", key)); });
    }
    for (auto& client : clients) client.join();
    EXPECT_GE(server.host.value("tls_handshakes_turned_away"), 2);
    EXPECT_TRUE(server.reaches("tls_handshakes", 0)) << "they end at their time";
    EXPECT_GE(server.host.value("tls_handshake_timeouts"), 1);
}

TEST(CoapTls, an_old_handshake_makes_room_for_a_new_one) {
    CoapsServer server(with_keys({{"tls.handshakes.max", "1"}}));
    server.inbox.give_keys([](const sdk::DeviceView& device) -> sdk::Result<sdk::Bytes> {
        if (device.device != "dev") return sdk::Error{sdk::ErrorKind::Unavailable, "not yet"};
        const auto bytes = sdk::bytes_of(key);
        return sdk::Bytes(bytes.begin(), bytes.end());
    });
    std::thread stuck(
        [&] { EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("stuck@app", key)); });
    EXPECT_TRUE(server.reaches("tls_handshakes", 1));
    EXPECT_TRUE(DtlsClient(server.tls_port()).shake_hands("dev@app", key));
    stuck.join();
    EXPECT_EQ(server.host.value("tls_handshakes_evicted"), 1);
}

TEST(CoapTls, one_address_cannot_hold_all_handshakes) {
    CoapsServer server(with_keys({{"tls.handshakes.max", "8"}}));
    server.inbox.give_keys([](const sdk::DeviceView& device) -> sdk::Result<sdk::Bytes> {
        if (device.device != "dev") return sdk::Error{sdk::ErrorKind::Unavailable, "not yet"};
        const auto bytes = sdk::bytes_of(key);
        return sdk::Bytes(bytes.begin(), bytes.end());
    });
    std::vector<std::thread> stuck;
    for (int i = 0; i < 12; ++i) {
        stuck.emplace_back(
            [&] { EXPECT_FALSE(DtlsClient(server.tls_port()).shake_hands("stuck@app", key)); });
    }
    EXPECT_TRUE(server.reaches("tls_handshakes", 6)) << "as long as there is room";
    EXPECT_TRUE(DtlsClient(server.tls_port(), "127.0.0.2").shake_hands("dev@app", key));
    for (auto& client : stuck) client.join();
    EXPECT_GE(server.host.value("tls_handshakes_over_share"), 1);
}

TEST(CoapTls, a_fleet_that_wakes_at_once_is_served_one_after_the_other) {
    CoapsServer server(with_keys({{"tls.handshakes.max", "4"}}));
    const auto opened = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    server.inbox.give_keys([opened](const sdk::DeviceView&) -> sdk::Result<sdk::Bytes> {
        if (std::chrono::steady_clock::now() < opened) {
            return sdk::Error{sdk::ErrorKind::Unavailable, "the registry is being asked"};
        }
        const auto bytes = sdk::bytes_of(key);
        return sdk::Bytes(bytes.begin(), bytes.end());
    });
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&] {
            DtlsClient client(server.tls_port());
            EXPECT_TRUE(client.shake_hands("dev@app", key));
            EXPECT_TRUE(client.ask(bare_status(1)));
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_EQ(server.host.value("tls_handshakes_evicted"), 0);
    EXPECT_GE(server.host.value("tls_handshakes_turned_away"), 4);
}

TEST(CoapTls, takes_up_with_a_device_that_restarts_on_its_port) {
    CoapsServer server;
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    EXPECT_TRUE(client.ask(bare_status(1)));
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    EXPECT_TRUE(client.ask(bare_status(2)));
    EXPECT_EQ(server.host.value("tls_sessions"), 1);
}

TEST(CoapTls, gives_nobody_the_answer_of_an_earlier_session) {
    CoapsServer server;
    server.inbox.answer_with([](const sdk::Message& message, sdk::Reply& reply) {
        reply.send(sdk::bytes_of(message.sender.device));
    });
    DtlsClient client(server.tls_port());
    for (const auto* device : {"one", "two"}) {
        ASSERT_TRUE(client.shake_hands(std::string(device) + "@app", key));
        const auto answer = client.ask(bare_status(1));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->payload, device) << "same port, same bytes";
    }
    EXPECT_EQ(server.inbox.messages().size(), 2U);
}

TEST(CoapTls, keeps_nothing_of_who_shows_no_cookie_and_sends_him_little) {
    CoapsServer server;
    // A ClientHello without a cookie, cut off behind its cipher suite and compression.
    std::string hello("\x16\xfe\xfd\0\0\0\0\0\0\0\0\0\x36\x01\0\0\x2a\0\0\0\0\0\0\0\x2a\xfe\xfd",
                      27);
    hello += std::string(32, 'r') + std::string("\0\0\0\x02\xc0\xa8\x01\0", 8);
    for (int i = 0; i < 50; ++i) {
        const UdpClient client(server.tls_port());
        client.send(hello);
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_LE(answer->size(), 3 * hello.size());
    }
    EXPECT_EQ(server.host.value("tls_handshakes"), 0);
    EXPECT_EQ(server.host.value("tls_cookies"), 50);
}

TEST(CoapTls, lives_through_garbage) {
    CoapsServer server;
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    std::uint32_t random = 1;
    for (int i = 0; i < 3000; ++i) {
        std::string garbage(random % 200, '\0');
        for (auto& byte : garbage) {
            random = random * 1664525 + 1013904223;
            byte = static_cast<char>(random >> 24);
        }
        if (i % 3 == 0 && !garbage.empty()) garbage[0] = static_cast<char>(20 + i % 4);
        if (i % 3 == 0 && garbage.size() > 4) garbage.replace(1, 4, std::string("\xfe\xfd\0\0", 4));
        i % 2 == 0 ? client.socket().send(garbage) : UdpClient(server.tls_port()).send(garbage);
    }
    const auto answer = client.ask(bare_status(1));
    ASSERT_TRUE(answer) << "the session lives on";
    EXPECT_EQ(answer->payload, "command");
}

}  // namespace
}  // namespace ajour::integration

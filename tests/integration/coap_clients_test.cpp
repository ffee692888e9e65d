// SPDX-License-Identifier: Apache-2.0
// Clients that no one here wrote: those of libcoap.
#include "coap_server.hpp"
#include "support/temp_directory.hpp"

namespace ajour::integration {
namespace {

using support::has_program;
using support::run_shell;
using support::ShellResult;

/// libcoap's client as Debian has it, without TLS.
struct CoapClients : testing::Test {
    void SetUp() override {
        if (!has_program("coap-client-notls")) GTEST_SKIP() << "there is no coap-client-notls";
    }

    static std::string text(std::size_t size) {
        std::string made(size, ' ');
        for (std::size_t i = 0; i < size; ++i) made[i] = static_cast<char>('a' + i % 26);
        return made;
    }

    ShellResult post(const CoapServer& server, const std::string& flags,
                     const std::string& rest = "/v1/dfu?ct=5") const {
        return ask(flags + " -m post -t 60 -O 4209,\"Basic ZGV2QGFwcDpwdw==\" \"" +
                   server.url(rest) + "\"");
    }
    static ShellResult ask(const std::string& flags) {
        return run_shell("coap-client-notls -v 6 -B 10 " + flags);
    }
    /// The bytes that the client wrote to `file`.
    std::string written() const { return support::content_of(file()); }
    std::string file() const { return (directory.path() / "out").string(); }
    std::string to_file() const { return "-o " + file(); }

    const support::TempDirectory directory;
};

TEST_F(CoapClients, get_their_command) {
    const CoapServer server;
    const auto result = post(server, to_file() + " -e status");
    EXPECT_EQ(written(), "command") << result.output;
    const auto messages = server.inbox.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].device, sdk::DeviceId("app", "dev"));
    EXPECT_EQ(messages[0].secret, "pw");
    EXPECT_EQ(messages[0].payload, "status");
    EXPECT_EQ(messages[0].peer, "127.0.0.1");
}

TEST_F(CoapClients, get_their_command_without_confirmation) {
    const CoapServer server;
    const auto result = post(server, to_file() + " -N -e status");
    EXPECT_EQ(written(), "command") << result.output;
    EXPECT_NE(result.output.find("t:NON c:2.05"), std::string::npos) << result.output;
}

TEST_F(CoapClients, read_the_options_of_the_answer) {
    const CoapServer server;
    const auto result = ask("-v 7 -m post -t 60 -e status -O 4209,\"Basic ZGV2QGFwcDpwdw==\" " +
                            server.url("/v1/dfu"));
    EXPECT_NE(result.output.find("t:ACK c:2.05"), std::string::npos) << result.output;
    EXPECT_NE(result.output.find("Content-Format:application/cbor"), std::string::npos);
    EXPECT_NE(result.output.find("4210:\\x64\\x66\\x75"), std::string::npos);
}

TEST_F(CoapClients, speak_for_other_devices) {
    const CoapServer server;
    post(server, "-e s", "/v1/dfu?ct=5&as=sensor");
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].device, sdk::DeviceId("app", "sensor"));
    EXPECT_EQ(server.inbox.messages()[0].sender, sdk::DeviceId("app", "dev"));
}

TEST_F(CoapClients, hear_that_they_are_not_admitted) {
    const CoapServer server({}, RecordingInbox::refusal(sdk::ErrorKind::Refused));
    EXPECT_NE(post(server, "-e s").output.find("4.03"), std::string::npos);
    const auto nobody = ask("-m post -e s " + server.url("/v1/dfu"));
    EXPECT_NE(nobody.output.find("4.03"), std::string::npos) << nobody.output;
    EXPECT_EQ(server.inbox.messages().size(), 1U);
}

TEST_F(CoapClients, send_a_status_in_blocks) {
    CoapServer server;
    const auto body = directory.path() / "body";
    std::ofstream(body) << text(700);
    post(server, to_file() + " -b 64 -f " + body.string());
    EXPECT_EQ(written(), "command");
    ASSERT_EQ(server.inbox.messages().size(), 1U);
    EXPECT_EQ(server.inbox.messages()[0].payload, text(700));
}

TEST_F(CoapClients, fetch_a_command_in_blocks) {
    for (const char* mode : {"off", "echo"}) {
        const CoapServer server({{"amplification", mode}}, RecordingInbox::command(text(300)));
        const auto result = post(server, to_file() + " -b 32 -e status");
        EXPECT_EQ(written(), text(300)) << result.output;
        EXPECT_EQ(server.inbox.messages().size(), 1U) << result.output;
    }
}

TEST_F(CoapClients, fetch_a_command_that_fits_no_datagram) {
    const CoapServer server({{"amplification", "off"}}, RecordingInbox::command(text(5000)));
    const auto result = post(server, to_file() + " -e status");
    EXPECT_EQ(written(), text(5000)) << result.output;
}

TEST_F(CoapClients, wait_for_an_answer_that_takes_long) {
    HeldReply held;
    CoapServer server({{"timeout.acknowledge", "100ms"}}, held.keep());
    std::thread host([&] {
        const auto reply = held.take();
        ASSERT_TRUE(reply);
        std::this_thread::sleep_for(std::chrono::milliseconds(1000));
        reply->send(sdk::bytes_of("command"));
    });
    const auto result = post(server, to_file() + " -e status");
    host.join();
    EXPECT_EQ(written(), "command") << result.output;
    EXPECT_EQ(server.host.value("separate_answers"), 1);
    EXPECT_TRUE(server.reaches("exchanges", 0)) << "the client acknowledges the answer";
    EXPECT_EQ(server.host.value("answers_given_up"), 0);
}

TEST_F(CoapClients, lose_datagrams_and_get_their_command_once) {
    CoapServer server;
    const auto result = post(server, to_file() + " -l 1 -e status");  // its first one is not sent
    EXPECT_EQ(written(), "command") << result.output;
    EXPECT_EQ(server.inbox.messages().size(), 1U);
}

TEST_F(CoapClients, come_over_ipv6_and_ipv4_alike) {
    const CoapServer server(Settings{{"address", "::"}});
    for (const auto& [ip, peer] : {std::pair{"[::1]", "::1"}, {"127.0.0.1", "127.0.0.1"}}) {
        ask("-m post -e s -O 4209,\"Basic ZGV2QGFwcDpwdw==\" " + to_file() + " \"" +
            server.url("/v1/dfu", ip) + "\"");
        EXPECT_EQ(written(), "command") << ip;
        EXPECT_EQ(server.inbox.messages().back().peer, peer);
    }
}

TEST_F(CoapClients, send_the_echo_back_when_their_address_is_to_be_proven) {
    CoapServer server({}, RecordingInbox::command(text(900)));
    post(server, to_file() + " -e status");
    EXPECT_EQ(written(), text(900));
    EXPECT_EQ(server.host.value("echo_challenges"), 1);
}

}  // namespace
}  // namespace ajour::integration

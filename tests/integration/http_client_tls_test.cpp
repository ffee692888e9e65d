// SPDX-License-Identifier: Apache-2.0
// Whom the client of HTTP servers believes, and what it shows of itself.
#include "http_client/client.hpp"
#include "support/certificates.hpp"
#include "support/scripted_http_server.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::integration {
namespace {

using http_client::Client;
using http_client::Options;
using http_client::Request;
using sdk::ErrorKind;
using support::Certificates;
using support::HttpTurn;
using support::ScriptedHttpServer;

struct HttpClientTls : testing::Test {
    ScriptedHttpServer::Tls tls(bool mutual = false) const {
        return {certificates.file("server.crt"), certificates.file("server.key"),
                mutual ? certificates.file("ca.crt") : std::string()};
    }
    Options trusting() const {
        Options options;
        options.ca_file = certificates.file("ca.crt");
        return options;
    }
    static Request get(const std::string& url) {
        Request request;
        request.url = url;
        return request;
    }

    Certificates certificates;
};

TEST_F(HttpClientTls, believes_a_server_of_its_authority) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200, "x"); }, tls());
    Client client(trusting());
    for (int i = 0; i < 3; ++i) {
        const auto response = client.send(get(server.url("/")));
        ASSERT_TRUE(response.ok()) << response.error().text;
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(HttpClientTls, refuses_a_server_of_another_authority_or_name) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); }, tls());
    const Certificates other;
    auto options = trusting();
    options.ca_file = other.file("ca.crt");
    Client stranger(options), unspecific(Options{}), friendly(trusting());
    const auto port = std::to_string(server.port());
    EXPECT_FALSE(stranger.send(get(server.url("/"))).ok());
    EXPECT_EQ(unspecific.send(get(server.url("/"))).error().kind, ErrorKind::Refused);
    EXPECT_EQ(friendly.send(get("https://127.0.0.1:" + port)).error().kind, ErrorKind::Refused);
    EXPECT_EQ(server.count(), 0U);
}

TEST_F(HttpClientTls, believes_any_server_when_it_is_told_not_to_verify) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); }, tls());
    Options options;
    options.verify = false;
    Client client(options);
    EXPECT_TRUE(client.send(get("https://127.0.0.1:" + std::to_string(server.port()))).ok());
}

TEST_F(HttpClientTls, refuses_to_go_on_without_its_authority_file) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); }, tls());
    auto options = trusting();
    options.ca_file += ".not-there";
    Client client(options);
    EXPECT_EQ(client.send(get(server.url("/"))).error().kind, ErrorKind::Refused);
}

TEST_F(HttpClientTls, does_not_go_from_https_to_http) {
    ScriptedHttpServer open([](HttpTurn& turn) { turn.answer(200); });
    ScriptedHttpServer server(
        [&](HttpTurn& turn) {
            turn.answer(302, {}, {{"Location", open.url("/")}});
        },
        tls());
    auto options = trusting();
    options.plain = true;
    Client client(options);
    EXPECT_EQ(client.send(get(server.url("/"))).error().kind, ErrorKind::Refused);
    EXPECT_EQ(open.connections(), 0U);
}

TEST_F(HttpClientTls, shows_its_certificate_to_the_server_that_it_is_for) {
    ScriptedHttpServer server([](HttpTurn& turn) { turn.answer(200); }, tls(true));
    auto options = trusting();
    Client nobody(options);
    options.certificate = certificates.file("client.crt");
    options.key = certificates.file("client.key");
    Client client(options);
    EXPECT_FALSE(nobody.send(get(server.url("/"))).ok());
    const auto response = client.send(get(server.url("/")));
    EXPECT_TRUE(response.ok()) << response.error().text;
}

TEST_F(HttpClientTls, shows_its_certificate_to_no_other_server) {
    ScriptedHttpServer curious([](HttpTurn& turn) { turn.answer(200); }, tls(true));
    ScriptedHttpServer server(
        [&](HttpTurn& turn) {
            turn.answer(302, {}, {{"Location", curious.url("/")}});
        },
        tls());
    auto options = trusting();
    options.certificate = certificates.file("client.crt");
    options.key = certificates.file("client.key");
    Client client(options);
    EXPECT_FALSE(client.send(get(server.url("/"))).ok());
    EXPECT_EQ(server.count(), 1U);
    EXPECT_EQ(curious.count(), 0U);
}

}  // namespace
}  // namespace ajour::integration

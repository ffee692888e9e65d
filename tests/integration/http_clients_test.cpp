// SPDX-License-Identifier: Apache-2.0
// Real clients, with and without TLS: curl and openssl.
#include "http_server.hpp"
#include "support/certificates.hpp"
#include "support/shell.hpp"

namespace ajour::integration {
namespace {

using support::der_of;
using support::has_program;
using support::run_shell;

/// A P-256 authority, a server's certificate and a device's, made by openssl in a directory that
/// goes away.
struct Certificates {
    Certificates() {
        const auto made =
            run_shell("cd " + directory.path().string() +
                      " && export OPENSSL_CONF=/dev/null && "
                      "key() { openssl ecparam -name prime256v1 -genkey -noout -out $1.key; } && "
                      "key ca && openssl req -x509 -new -key ca.key -subj \"/O=Acme/CN=app\" -days "
                      "2 -out ca.crt && "
                      "leaf() { key $1 && openssl req -new -key $1.key -subj \"$2\" -out $1.csr && "
                      "openssl x509 -req -in $1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days "
                      "2 -out $1.crt; "
                      "} && leaf server /CN=localhost && leaf device \"/O=Acme/CN=dev\"");
        EXPECT_EQ(made.code, 0) << made.output;
    }
    std::string file(const std::string& name) const { return (directory.path() / name).string(); }
    Settings settings() const {
        return {{"tls.certificate", file("server.crt")}, {"tls.key", file("server.key")}};
    }
    support::TempDirectory directory;
};

std::string url_of(const HttpServer& server, const std::string& scheme) {
    return scheme + "://127.0.0.1:" + std::to_string(server.port());
}

/// The text that openssl's client prints for one status sent over TLS.
std::string tls_client(const HttpServer& server, const std::string& options) {
    const auto request = server.host.state_directory() / "request";
    std::ofstream(request) << status_request("status", "?ct=1",
                                             std::string(dev_app_pw) + "Connection: close\r\n");
    return run_shell("(cat " + request.string() +
                     "; sleep 1) | openssl s_client -connect 127.0.0.1:" +
                     std::to_string(server.port()) + " " + options)
        .output;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class HttpClients : public testing::Test {
protected:
    void SetUp() override {
        for (const auto* program : {"curl", "openssl"}) {
            if (!has_program(program)) GTEST_SKIP() << "there is no " << program;
        }
    }
};

TEST_F(HttpClients, curl_sends_a_status) {
    HttpServer server;
    const auto result =
        run_shell("printf status | curl -sS -i -m 10 -u dev@app:pw --data-binary @- " +
                  url_of(server, "http") + "/v1/dfu?ct=30");
    EXPECT_EQ(result.code, 0);
    EXPECT_TRUE(holds(result.output, "command: dfu")) << result.output;
    EXPECT_TRUE(result.output.ends_with("\r\n\r\ncommand"));
    EXPECT_EQ(server.inbox.messages().at(0).payload, "status");
}

TEST_F(HttpClients, curl_sends_chunks_and_waits_for_a_go_ahead) {
    HttpServer server;
    const auto result = run_shell(
        "head -c 60000 /dev/zero | curl -sS -m 10 -u dev@app:pw -H \"Expect: 100-continue\" "
        "-H \"Transfer-Encoding: chunked\" --data-binary @- " +
        url_of(server, "http") + "/v1/dfu");
    EXPECT_EQ(result.output, "command");
    EXPECT_EQ(server.inbox.messages().at(0).payload.size(), 60000U);
}

TEST_F(HttpClients, curl_sees_413_for_a_large_body) {
    HttpServer server;
    const auto result =
        run_shell("head -c 3000000 /dev/zero | curl -sS -i -m 10 -u dev@app:pw --data-binary @- " +
                  url_of(server, "http") + "/v1/dfu");
    EXPECT_TRUE(holds(result.output, "413 Payload Too Large")) << result.output;
}

TEST_F(HttpClients, curl_speaks_tls_and_keeps_the_connection) {
    const Certificates certificates;
    HttpServer server(certificates.settings());
    EXPECT_TRUE(server.host.has_logged(sdk::LogLevel::Info, "listening on https://127.0.0.1:"));
    const auto url = url_of(server, "https") + "/v1/dfu";
    const auto result = run_shell("curl -sS -m 10 -k -u dev@app:pw --data-binary one " + url +
                                  " --next -sS -m 10 -k -u dev@app:pw --data-binary two " + url);
    EXPECT_EQ(result.output, "commandcommand");
    EXPECT_EQ(server.inbox.messages().size(), 2U);
}

TEST_F(HttpClients, a_large_answer_passes_through_tls_whole) {
    const Certificates certificates;
    const std::string large(300000, 'x');
    HttpServer server(certificates.settings(), RecordingInbox::command(large));
    const auto result = run_shell("curl -sS -m 10 -k -u dev@app:pw --data-binary one " +
                                  url_of(server, "https") + "/v1/dfu");
    EXPECT_TRUE(result.output == large) << result.output.size();
}

TEST_F(HttpClients, a_large_answer_passes_through_tls_to_a_slow_client) {
    const Certificates certificates;
    const std::string large(9000000, 'x');
    HttpServer server(certificates.settings(), RecordingInbox::command(large));
    const auto result =
        run_shell("curl -sS -m 15 -k --limit-rate 4M -u dev@app:pw --data-binary one " +
                  url_of(server, "https") + "/v1/dfu");
    EXPECT_TRUE(result.output == large) << result.output.size();
}

TEST_F(HttpClients, an_embedded_tls_1_3_client_gets_a_small_flight) {
    const Certificates certificates;
    HttpServer server(certificates.settings());
    const auto output = tls_client(
        server, "-tls1_3 -groups P-256 -ciphersuites TLS_AES_128_GCM_SHA256 -servername device");
    EXPECT_TRUE(holds(output, "TLS_AES_128_GCM_SHA256")) << output;
    EXPECT_TRUE(holds(output, "HTTP/1.1 200 OK"));
    const auto at = output.find("SSL handshake has read ");
    ASSERT_NE(at, std::string::npos);
    EXPECT_LT(std::stoul(output.substr(at + 23)), 6000U);
    RecordProperty("handshake_bytes", output.substr(at + 23, 5));
}

TEST_F(HttpClients, a_client_may_ask_for_small_records) {
    const Certificates certificates;
    HttpServer server(certificates.settings(), RecordingInbox::command(std::string(1500, 'x')));
    const auto output = tls_client(server, "-tls1_3 -maxfraglen 512 -msg");
    EXPECT_TRUE(holds(output, "HTTP/1.1 200 OK"));
    EXPECT_TRUE(holds(output, std::string(400, 'x')));
    EXPECT_FALSE(holds(output, std::string(600, 'x')))
        << "a record exceeds what the client asked for";
}

TEST_F(HttpClients, tls_1_2_is_the_oldest) {
    const Certificates certificates;
    HttpServer server(certificates.settings());
    EXPECT_TRUE(holds(tls_client(server, "-tls1_2"), "HTTP/1.1 200 OK"));
    EXPECT_FALSE(holds(tls_client(server, "-tls1_1 -cipher DEFAULT:@SECLEVEL=0"), "HTTP/1.1"));
}

TEST_F(HttpClients, a_certificate_names_application_and_device) {
    const Certificates certificates;
    auto settings = certificates.settings();
    settings["tls.client_certificates"] = "true";
    HttpServer server(settings);
    const auto curl = "curl -sS -m 10 -k --data-binary x --cert " +
                      certificates.file("device.crt") + " --key " +
                      certificates.file("device.key") + " ";
    EXPECT_EQ(run_shell(curl + url_of(server, "https") + "/v1/dfu").output, "command");
    const auto message = server.inbox.messages().at(0);
    EXPECT_EQ(message.device, sdk::DeviceId("O=Acme, CN=app", "O=Acme, CN=dev"));
    EXPECT_EQ(message.kind, sdk::Credential::Kind::Certificate);
    EXPECT_EQ(message.secret, der_of(certificates.file("device.crt")));
    const auto both = run_shell(curl + "-u dev@app:pw " + url_of(server, "https") + "/v1/dfu");
    EXPECT_TRUE(holds(both.output, "Authentication failed"));
    const auto password = run_shell("curl -sS -m 10 -k -u dev@app:pw --data-binary x " +
                                    url_of(server, "https") + "/v1/dfu");
    EXPECT_EQ(password.output, "command");
}

TEST_F(HttpClients, a_handshake_is_bounded_in_time) {
    const Certificates certificates;
    auto settings = certificates.settings();
    settings["timeout.handshake"] = "2s";
    HttpServer server(settings);
    auto silent = server.connect();
    EXPECT_TRUE(silent.is_closed());
    EXPECT_EQ(server.host.value("handshake_timeouts"), 1);
    auto plain = server.connect();
    plain.send(status_request());
    EXPECT_TRUE(plain.is_closed());
    EXPECT_EQ(server.host.value("handshake_failures"), 1);
}

TEST_F(HttpClients, bad_files_are_refused_by_their_names) {
    const Certificates certificates;
    const auto error_of = [&](const std::string& key, const std::string& file) {
        auto settings = on_loopback(certificates.settings());
        settings[key] = file;
        support::TestHost host(HttpServer::plugin().settings, settings);
        try {
            support::create<sdk::TransportPort>(HttpServer::plugin(), host);
        } catch (const std::runtime_error& refusal) {
            return std::string(refusal.what());
        }
        return std::string("was created");
    };
    EXPECT_EQ(error_of("tls.certificate", "/no/file"),
              "the certificate /no/file: cannot be opened");
    EXPECT_EQ(error_of("tls.key", "/no/file"), "the key /no/file: cannot be opened");
    const auto nonsense = certificates.directory.write("nonsense", "hello").string();
    EXPECT_TRUE(holds(error_of("tls.certificate", nonsense), "the certificate " + nonsense + ": "));
    const auto other = certificates.file("device.key");
    EXPECT_TRUE(holds(error_of("tls.key", other), "the key " + other + ": key values mismatch"));
}

TEST_F(HttpClients, a_certificate_without_a_key_is_refused) {
    support::TestHost host(HttpServer::plugin().settings, {{"tls.certificate", "/some/file"}});
    try {
        support::create<sdk::TransportPort>(HttpServer::plugin(), host);
        FAIL() << "was created";
    } catch (const std::runtime_error& refusal) {
        EXPECT_STREQ(refusal.what(),
                     "tls.certificate and tls.key: one is set, expected both or none");
    }
}

}  // namespace
}  // namespace ajour::integration

// SPDX-License-Identifier: Apache-2.0
// What the settings of DTLS say, at the start and when they are read again.
#include "coaps_server.hpp"
#include "support/dtls_client.hpp"

#include <algorithm>

namespace ajour::integration {
namespace {

using support::DtlsClient;
using support::has_program;
using support::run_shell;

TEST(CoapTlsSettings, can_be_all_there_is) {
    const CoapsServer server(with_keys({{"plain", "false"}}));
    EXPECT_FALSE(std::filesystem::exists(server.host.state_directory() / "port"));
    DtlsClient client(server.tls_port());
    EXPECT_TRUE(client.shake_hands("dev@app", key));
}

TEST(CoapTlsSettings, explains_settings_that_make_no_sense) {
    const std::pair<Settings, std::string> wrong[] = {
        {{{"plain", "false"}}, "plain is false"},
        {{{"tls.certificate", "/x"}}, "tls.certificate and tls.key"},
        {{{"tls.client_certificates", "true"}}, "tls.client_certificates is set"}};
    for (const auto& [settings, sentence] : wrong) {
        support::TestHost host(CoapServer::plugin().settings, CoapServer::on_loopback(settings));
        try {
            support::create<sdk::TransportPort>(CoapServer::plugin(), host);
            FAIL() << sentence;
        } catch (const std::runtime_error& refusal) {
            EXPECT_NE(std::string(refusal.what()).find(sentence), std::string::npos);
        }
    }
}

TEST(CoapTlsSettings, names_the_file_that_is_at_fault) {
    support::TestHost host(CoapServer::plugin().settings,
                           CoapServer::on_loopback({{"tls.certificate", "/no/such/file"},
                                                    {"tls.key", "/no/such/key"},
                                                    {"tls.port", "0"}}));
    try {
        support::create<sdk::TransportPort>(CoapServer::plugin(), host);
        FAIL() << "was created";
    } catch (const std::runtime_error& refusal) {
        EXPECT_NE(std::string(refusal.what()).find("/no/such/file"), std::string::npos);
    }
}

/// What openssl's client says of the certificate that a session which begins now gets.
std::string server_shown(const CoapsServer& server) {
    return run_shell("openssl s_client -dtls1_2 -connect 127.0.0.1:" +
                     std::to_string(server.tls_port()) + " < /dev/null")
        .output;
}

TEST(CoapTlsSettings, a_new_certificate_counts_for_sessions_that_begin_and_ends_none) {
    if (!has_program("openssl")) GTEST_SKIP() << "there is no openssl";
    const Certificates certificates;
    const auto file = [&](const char* name) {
        return (certificates.directory.path() / name).string();
    };
    const CoapsServer server(
        with_keys({{"tls.certificate", file("server.crt")}, {"tls.key", file("server.key")}}));
    DtlsClient client(server.tls_port());
    ASSERT_TRUE(client.shake_hands("dev@app", key));
    ASSERT_TRUE(client.ask(coap_status(1, "status")).has_value());
    EXPECT_NE(server_shown(server).find("localhost"), std::string::npos);

    for (const auto* kind : {".crt", ".key"}) {
        std::filesystem::copy_file(file("device") + kind, file("server") + kind,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    const auto reloaded = server.transport->reloadable()->try_reload(server.host.settings());
    ASSERT_TRUE(reloaded.ok()) << reloaded.error().text;
    EXPECT_EQ(std::ranges::count(*reloaded, "tls.certificate"), 1);
    const auto shown = server_shown(server);
    EXPECT_NE(shown.find("Acme"), std::string::npos) << shown;
    EXPECT_EQ(shown.find("CN = localhost"), std::string::npos) << shown;
    EXPECT_TRUE(client.ask(coap_status(2, "status")).has_value()) << "the open session ended";
}

TEST(CoapTlsSettings, a_bad_new_certificate_leaves_the_old_one) {
    const Certificates certificates;
    const auto file = (certificates.directory.path() / "server.crt").string();
    const CoapsServer server(
        with_keys({{"tls.certificate", file},
                   {"tls.key", (certificates.directory.path() / "server.key").string()}}));
    std::ofstream(file) << "no certificate";
    const auto reloaded = server.transport->reloadable()->try_reload(server.host.settings());
    ASSERT_FALSE(reloaded.ok());
    EXPECT_NE(reloaded.error().text.find(file), std::string::npos);
    EXPECT_NE(server_shown(server).find("localhost"), std::string::npos);
}

}  // namespace
}  // namespace ajour::integration

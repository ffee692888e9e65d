// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "support/plugin_file.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ajour::mqtt {
namespace {

using Given = std::map<std::string, std::string>;

support::TestSettings settings(Given given) {
    static const auto& plugin = support::load_plugin("transport", "mqtt");
    return {plugin.settings, std::move(given)};
}

std::string refusal(Given given) {
    try {
        (void)read_options(settings(given));
        (void)read_topics(settings(given));
        return "accepted";
    } catch (const std::runtime_error& thrown) {
        return thrown.what();
    }
}

TEST(ReadSettings, takes_the_defaults_and_knows_no_broker) {
    const auto options = read_options(settings({}));
    EXPECT_EQ(options.broker.host, "");
    EXPECT_TRUE(options.speaks_version_5);
    EXPECT_EQ(options.qos, 1);
    EXPECT_EQ(options.packet_bytes, 65536U);
    EXPECT_EQ(options.keep_alive, std::chrono::seconds(30));
    EXPECT_EQ(refusal({}), "accepted");
}

TEST(ReadSettings, reads_what_is_given) {
    const auto options = read_options(settings({{"server", "mqtts://broker.example"},
                                                {"version", "3.1.1"},
                                                {"client_id", "server-1"},
                                                {"user", "ajour"},
                                                {"password", "secret"},
                                                {"qos", "0"},
                                                {"queue.max", "7"}}));
    EXPECT_EQ(options.broker.text(), "broker.example:8883");
    EXPECT_FALSE(options.speaks_version_5);
    EXPECT_EQ(options.client_id, "server-1");
    EXPECT_EQ(options.user, "ajour");
    EXPECT_EQ(options.password, "secret");
    EXPECT_EQ(options.qos, 0);
    EXPECT_EQ(options.queue.commands, 7U);
}

TEST(ReadSettings, gives_each_server_a_client_id_of_its_own) {
    const auto one = read_options(settings({})).client_id;
    EXPECT_TRUE(one.starts_with("ajour-")) << one;
    EXPECT_EQ(one.size(), 22U);
    EXPECT_NE(one, read_options(settings({})).client_id);
}

TEST(ReadSettings, says_what_contradicts) {
    EXPECT_EQ(refusal({{"tls.certificate", "/x"}}),
              "tls.certificate and tls.key: one is set, expected both or none");
    EXPECT_EQ(refusal({{"server", "mqtt://broker"}, {"tls.ca", "/x"}}),
              "tls.ca or tls.certificate is set, expected server = mqtts://...");
    EXPECT_EQ(refusal({{"password", "secret"}}), "password is set, expected user too");
    EXPECT_EQ(refusal({{"client_id", "a/b"}}),
              "client_id: expected at most 64 bytes without /, + and #");
    EXPECT_EQ(refusal({{"server", "http://broker"}}),
              "server: expected mqtt://HOST:PORT or mqtts://HOST:PORT, and nothing else in it");
    EXPECT_TRUE(refusal({{"topic.status", "ajour/#"}}).starts_with("topic.status: found"));
}

}  // namespace
}  // namespace ajour::mqtt

// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "support/plugin_file.hpp"
#include "support/test_host.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ajour::drogue {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Given = std::map<std::string, std::string>;

std::string read(Given given, Settings& settings) {
    static const auto& plugin = support::load_plugin("transport", "drogue");
    try {
        settings = read_settings(support::TestSettings(plugin.settings, std::move(given)));
        return "accepted";
    } catch (const std::runtime_error& thrown) {
        return thrown.what();
    }
}

std::string answer_to(Given given) {
    Settings ignored;
    return read(std::move(given), ignored);
}

TEST(ReadSettings, takes_plain_http_only_when_that_is_allowed) {
    const Given api{{"api", "http://api.example"}};
    const Given provider{{"api", "https://api.example"},
                         {"oidc.url", "http://sso.example/token"},
                         {"oidc.client", "ajour"},
                         {"oidc.secret", "s"}};
    EXPECT_EQ(answer_to(api), "api begins with http://, which plain = true would allow");
    EXPECT_EQ(answer_to(provider), "oidc.url begins with http://, which plain = true would allow");
    for (auto given : {api, provider}) {
        given["plain"] = "true";
        Settings settings;
        EXPECT_EQ(read(given, settings), "accepted");
        EXPECT_TRUE(settings.http.plain);
    }
    Settings settings;
    EXPECT_EQ(read({{"api", "https://api.example/"}}, settings), "accepted");
    EXPECT_FALSE(settings.http.plain);
    EXPECT_EQ(settings.api, "https://api.example");
}

TEST(ReadSettings, takes_no_user_without_a_token_and_no_token_without_a_user) {
    EXPECT_EQ(answer_to({{"api", "https://api.example"}, {"user", "x"}}),
              "user and token: one is set, expected both or none");
    EXPECT_EQ(answer_to({{"api", "https://api.example"}, {"token", "x"}}),
              "token is set, expected user too");
}

TEST(ReadSettings, of_air_time_are_those_of_transport_lorawan) {
    Settings settings;
    ASSERT_EQ(read({}, settings), "accepted");
    EXPECT_EQ(settings.allowance.device, seconds(36));
    EXPECT_EQ(settings.allowance.application.count(), 0);
    EXPECT_EQ(settings.allowance.network, seconds(36)) << "1 % in EU868";
    EXPECT_EQ(settings.allowance.second_network, minutes(6));
    ASSERT_EQ(read({{"lora.airtime.device", "5s"},
                    {"lora.airtime.gateways", "3"},
                    {"lora.region.window", "both"}},
                   settings),
              "accepted");
    EXPECT_EQ(settings.allowance.device, seconds(5));
    EXPECT_EQ(settings.allowance.network, seconds(108));
    EXPECT_EQ(settings.statuses.radio.windows, lora::Windows::Both);
    EXPECT_EQ(answer_to({{"lora.region", "US915"}, {"lora.region.rx2_data_rate", "3"}}),
              "lora.region.rx2_data_rate: expected one that downlinks of the region have");
}

}  // namespace
}  // namespace ajour::drogue

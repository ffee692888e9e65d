// SPDX-License-Identifier: Apache-2.0
#include "settings/overrides.hpp"

#include <ajour/sdk/settings.hpp>

#include "settings/host_rows.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace ajour::settings {
namespace {

const Table table{"transport.http.", "", {sdk::text_setting("port", "1", "")}};

Environment environment_with(std::string name, std::string value) {
    return [=](const char* asked) { return name == asked ? value.c_str() : nullptr; };
}

TEST(Overrides, name_variables_after_keys) {
    EXPECT_EQ(variable_of("transport.http.port"), "AJOUR_TRANSPORT_HTTP_PORT");
    EXPECT_EQ(variable_of("firmware.cache.max_bytes"), "AJOUR_FIRMWARE_CACHE_MAX_BYTES");
    EXPECT_EQ(variable_of("ajour.state"), "AJOUR_STATE");
}

TEST(Overrides, no_two_host_settings_share_a_variable) {
    std::set<std::string> variables;
    for (const auto& row : host_table().rows) {
        EXPECT_TRUE(variables.insert(variable_of(row.key)).second) << row.key;
    }
}

TEST(Overrides, the_environment_wins_over_the_file_and_flags_win_over_both) {
    auto document = *parse("transport.http.port = 1\n", "f");
    const auto environment = environment_with("AJOUR_TRANSPORT_HTTP_PORT", "2");
    apply_environment(document, table, environment);
    EXPECT_EQ(document.find("transport.http.port")->value, "2");
    EXPECT_EQ(document.find("transport.http.port")->origin.text(),
              "environment variable AJOUR_TRANSPORT_HTTP_PORT");
    ASSERT_TRUE(apply_flag(document, "transport.http.port=3=x"));
    apply_environment(document, table, environment);
    EXPECT_EQ(document.find("transport.http.port")->value, "3=x");
    EXPECT_EQ(document.find("transport.http.port")->origin.text(), "flag --set");
}

TEST(Overrides, refuse_a_flag_that_is_no_assignment) {
    Document document;
    EXPECT_EQ(apply_flag(document, "port").error().text, "--set: found 'port', expected key=value");
    EXPECT_FALSE(apply_flag(document, "=1"));
    EXPECT_FALSE(apply_flag(document, "a b=1"));
    EXPECT_TRUE(document.entries().empty());
}

}  // namespace
}  // namespace ajour::settings

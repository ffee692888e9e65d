// SPDX-License-Identifier: Apache-2.0
#include "settings/table.hpp"

#include <ajour/sdk/settings.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ajour::settings {
namespace {

using sdk::end_of_settings;

std::string fault_of(const ajour_setting_row& row) {
    const ajour_setting_row rows[] = {row, end_of_settings};
    const auto checked = checked_rows(rows);
    return checked ? "" : checked.error().text;
}

TEST(Table, takes_a_right_one_and_none_at_all) {
    const ajour_setting_row rows[] = {sdk::integer_setting("port", "80", 1, 65535, "p"),
                                      sdk::secret_setting("tls.key", "k"), end_of_settings};
    EXPECT_EQ(checked_rows(rows)->size(), 2U);
    EXPECT_TRUE(checked_rows(nullptr)->empty());
    EXPECT_TRUE(checked_rows(&end_of_settings)->empty());
}

TEST(Table, refuses_each_fault) {
    EXPECT_EQ(fault_of(sdk::text_setting("Port", "", "")),
              "setting 'Port': found a key that is not of [a-z0-9._], 1 to 64");
    EXPECT_EQ(fault_of(sdk::text_setting("enabled", "", "")),
              "setting 'enabled': found a key that the host keeps for itself");
    EXPECT_EQ(fault_of({"a", 9, nullptr, 0, 0, 0, 0, nullptr, ""}),
              "setting 'a': found kind 9, expected 0 to 7");
    EXPECT_EQ(fault_of(sdk::text_setting("a", "", nullptr)),
              "setting 'a': found no help, expected a sentence");
    EXPECT_EQ(fault_of(sdk::choice_setting("a", "x", nullptr, "")),
              "setting 'a': found no choices, expected words parted by '|'");
    EXPECT_EQ(fault_of(sdk::integer_setting("a", "1", 5, 2, "")),
              "setting 'a': found minimum 5 above maximum 2");
    EXPECT_EQ(fault_of(sdk::integer_setting("a", "9", 1, 5, "")),
              "setting 'a': found default: found '9', expected an integer from 1 to 5");
}

TEST(Table, refuses_a_key_twice) {
    const ajour_setting_row rows[] = {sdk::text_setting("a", "", ""),
                                      sdk::text_setting("a", "", ""), end_of_settings};
    EXPECT_EQ(checked_rows(rows).error().text,
              "setting 'a': found the key twice, expected it once");
}

TEST(Table, refuses_one_that_does_not_end) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i <= rows_max; ++i) keys.push_back("k" + std::to_string(i));
    std::vector<ajour_setting_row> rows;
    for (const auto& key : keys) rows.push_back(sdk::text_setting(key.c_str(), "", ""));
    EXPECT_EQ(checked_rows(rows.data()).error().text,
              "found more than 256 settings, expected a row with a null key");
}

TEST(Table, of_a_plugin_begins_with_its_switch) {
    const auto table = plugin_table("transport", "http", "s", {sdk::text_setting("port", "", "")});
    EXPECT_EQ(table.full_key(table.rows.at(0)), "transport.http.enabled");
    EXPECT_EQ(table.full_key(table.rows.at(1)), "transport.http.port");
}

}  // namespace
}  // namespace ajour::settings

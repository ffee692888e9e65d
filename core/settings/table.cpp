// SPDX-License-Identifier: Apache-2.0
#include "settings/table.hpp"

#include <ajour/sdk/settings.hpp>

#include "settings/groups.hpp"
#include "settings/problem.hpp"
#include "settings/value.hpp"

#include <cstring>
#include <set>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t key_max = 64;
constexpr std::string_view enabled = "enabled";

bool is_plain_key(std::string_view key) noexcept {
    return !key.empty() && key.size() <= key_max &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._") ==
               std::string_view::npos;
}

/// Of a group: one of its words, neither the first nor the last, is '*'.
bool is_row_key(std::string_view key) noexcept {
    if (!is_of_group(key)) return is_plain_key(key);
    return is_plain_key(group_of(key)) && key.size() <= key_max &&
           is_plain_key(key.substr(group_of(key).size() + 3));
}

bool is_kind(std::int32_t kind) noexcept {
    return kind >= AJOUR_SETTING_TEXT && kind <= AJOUR_SETTING_LIST;
}

/// Empty when the row is right.
std::string fault_of(const ajour_setting_row& row) {
    if (!is_kind(row.kind)) {
        return "kind " + std::to_string(row.kind) + ", expected 0 to " +
               std::to_string(AJOUR_SETTING_LIST);
    }
    if (row.help == nullptr) return "no help, expected a sentence";
    const bool is_choice = row.kind == AJOUR_SETTING_CHOICE;
    if (is_choice && (row.choices == nullptr || *row.choices == '\0')) {
        return "no choices, expected words parted by '|'";
    }
    if (row.minimum > row.maximum) {
        return "minimum " + std::to_string(row.minimum) + " above maximum " +
               std::to_string(row.maximum);
    }
    if (row.default_value == nullptr) return {};
    const auto value = parse_value(row, row.default_value);
    return value ? std::string() : "default: " + value.error().text;
}

Error bad_row(std::string_view key, std::string_view fault) {
    return {ErrorKind::Malformed, "setting " + in_quotes(key) + ": found " + std::string(fault)};
}

/// The key as far as it may be read: a wild pointer's text has an end somewhere, but no zero of its
/// own.
std::string_view bounded(const char* key) noexcept {
    return {key, strnlen(key, key_max + 1)};
}

}  // namespace

Result<std::vector<ajour_setting_row>> checked_rows(const ajour_setting_row* declared) {
    std::vector<ajour_setting_row> rows;
    std::set<std::string_view> keys;
    for (const auto* row = declared; row != nullptr && row->key != nullptr; ++row) {
        const auto key = bounded(row->key);
        if (rows.size() == rows_max) {
            return Error{ErrorKind::Malformed, "found more than " + std::to_string(rows_max) +
                                                   " settings, expected a row with a null key"};
        }
        if (!is_row_key(key)) return bad_row(key, "a key that is not of [a-z0-9._], 1 to 64");
        if (key == enabled) return bad_row(key, "a key that the host keeps for itself");
        if (!keys.insert(key).second) return bad_row(key, "the key twice, expected it once");
        if (const auto fault = fault_of(*row); !fault.empty()) return bad_row(key, fault);
        rows.push_back(*row);
    }
    return rows;
}

Table plugin_table(std::string_view kind, std::string_view name, std::string_view summary,
                   const std::vector<ajour_setting_row>& rows) {
    Table table;
    table.prefix = std::string(kind) + "." + std::string(name) + ".";
    table.summary = summary;
    table.rows = {sdk::boolean_setting(
        enabled.data(), "true",
        "Whether the plugin is loaded; writing true makes start-up fail when it cannot be.")};
    table.rows.insert(table.rows.end(), rows.begin(), rows.end());
    return table;
}

}  // namespace ajour::settings

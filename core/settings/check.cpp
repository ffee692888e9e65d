// SPDX-License-Identifier: Apache-2.0
#include "settings/check.hpp"

#include "settings/groups.hpp"
#include "settings/nearest.hpp"
#include "settings/secret.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

std::string absolute(const std::string& path, const std::filesystem::path& base) {
    if (path.empty()) return {};
    return (base / path).lexically_normal().string();
}

bool has_default(const ajour_setting_row& row) noexcept {
    return row.default_value != nullptr && *row.default_value != '\0';
}

/// Texts and paths may be empty where nothing stands in their place; lists always; other kinds
/// never.
bool may_be_empty(const ajour_setting_row& row) noexcept {
    if (row.required != 0) return false;
    if (row.kind == AJOUR_SETTING_LIST) return true;
    return !has_default(row) && (row.kind == AJOUR_SETTING_TEXT || row.kind == AJOUR_SETTING_PATH);
}

Error nothing_found(const ajour_setting_row& row) {
    return {ErrorKind::NotFound, "found nothing, expected " + expected(row)};
}

Result<Value> value_of(const ajour_setting_row& row, std::string_view text,
                       const std::filesystem::path& base) {
    auto plain = row.secret != 0 ? resolve_secret(text, base) : std::string(text);
    if (!plain) return plain.error();
    if (plain->empty() && !may_be_empty(row)) return nothing_found(row);
    auto value = parse_value(row, *plain);
    if (value && row.kind == AJOUR_SETTING_PATH) value->text = absolute(value->text, base);
    return value;
}

/// The document's value, else the default, else what stands for none.
Result<Value> read_row(const ajour_setting_row& row, const Entry* entry,
                       const std::filesystem::path& base) {
    if (entry != nullptr) return value_of(row, entry->value, base);
    if (row.default_value != nullptr) return value_of(row, row.default_value, base);
    if (row.required == 0) return Value{row.kind, {}, 0, {}};
    return nothing_found(row);
}

bool is_unchecked(std::string_view key, std::span<const std::string> prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const auto& prefix) { return key.starts_with(prefix); });
}

/// A row with a place for a name goes by the names in use.
std::vector<std::string> keys_of(const Document& document, std::span<const Table> tables) {
    std::vector<std::string> keys;
    for (const auto& table : tables) {
        std::set<std::string> named_keys;
        const auto named = with_names(document, table, named_keys);
        for (const auto& row : named.rows) keys.push_back(table.full_key(row));
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

void put_file(Section& section, const ajour_setting_row& row, const Entry* entry,
              const std::filesystem::path& base) {
    if (entry == nullptr || row.secret == 0) return;
    if (auto file = file_of_secret(entry->value, base); !file.empty()) {
        section.put_file(row.key, std::move(file));
    }
}

void put_names(const Document& document, const Table& table, Checked& checked) {
    for (const auto& row : table.rows) {
        if (!is_of_group(row.key)) continue;
        const std::string group(group_of(row.key));
        const auto names = names_of_group(document, table, group);
        if (names.size() > group_names_max) {
            add(checked.problems,
                {"", table.prefix + group,
                 "found " + std::to_string(names.size()) + " names, expected at most " +
                     std::to_string(group_names_max)});
        }
        checked.section.put_names(group, {names.begin(), names.end()});
    }
}

}  // namespace

Checked check(const Document& document, const Table& declared, const std::filesystem::path& base) {
    Checked checked;
    put_names(document, declared, checked);
    if (!checked.problems.empty()) return checked;
    std::set<std::string> named_keys;
    const auto table = with_names(document, declared, named_keys);
    for (const auto& row : table.rows) {
        const auto key = table.full_key(row);
        const auto* entry = document.find(key);
        auto value = read_row(row, entry, base);
        if (value) {
            put_file(checked.section, row, entry, base);
            checked.section.put(row.key, std::move(*value));
        } else {
            add(checked.problems,
                {entry == nullptr ? "" : entry->origin.text(), key, value.error().text});
        }
    }
    return checked;
}

Problems unknown_keys(const Document& document, std::span<const Table> tables,
                      std::span<const std::string> unchecked) {
    auto problems = document.problems();
    const auto keys = keys_of(document, tables);
    for (const auto& [key, entry] : document.entries()) {
        if (std::binary_search(keys.begin(), keys.end(), key)) continue;
        if (is_unchecked(key, unchecked) || problems.size() > problems_max) continue;
        add(problems, {entry.origin.text(), key, "no such setting" + suggestion(key, keys)});
    }
    return problems;
}

}  // namespace ajour::settings

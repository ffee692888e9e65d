// SPDX-License-Identifier: Apache-2.0
#include "settings/groups.hpp"

namespace ajour::settings {

namespace {

constexpr std::string_view place = ".*.";
constexpr std::size_t name_max = 32;

}  // namespace

bool is_group_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= name_max &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") ==
               std::string_view::npos;
}

bool is_of_group(std::string_view row_key) noexcept {
    return row_key.find(place) != std::string_view::npos;
}

std::string_view group_of(std::string_view row_key) noexcept {
    return row_key.substr(0, row_key.find(place));
}

std::string with_name(std::string_view row_key, std::string_view name) {
    std::string key(row_key);
    return key.replace(row_key.find(place) + 1, 1, name);
}

std::string_view name_in(std::string_view row_key, std::string_view key) noexcept {
    const auto at = row_key.find(place);
    if (at == std::string_view::npos) return {};
    const auto before = row_key.substr(0, at + 1), after = row_key.substr(at + 2);
    if (key.size() <= before.size() + after.size()) return {};
    if (!key.starts_with(before) || !key.ends_with(after)) return {};
    const auto name = key.substr(before.size(), key.size() - before.size() - after.size());
    return is_group_name(name) ? name : std::string_view();
}

std::set<std::string> names_of_group(const Document& document, const Table& table,
                                     std::string_view group) {
    std::set<std::string> names;
    for (const auto& [key, entry] : document.entries()) {
        if (!std::string_view(key).starts_with(table.prefix)) continue;
        const auto own = std::string_view(key).substr(table.prefix.size());
        for (const auto& row : table.rows) {
            if (!is_of_group(row.key) || group_of(row.key) != group) continue;
            if (const auto name = name_in(row.key, own); !name.empty()) names.emplace(name);
        }
    }
    return names;
}

Table with_names(const Document& document, const Table& table, std::set<std::string>& keys) {
    Table named{table.prefix, table.summary, {}};
    for (const auto& row : table.rows) {
        if (!is_of_group(row.key)) {
            named.rows.push_back(row);
            continue;
        }
        for (const auto& name : names_of_group(document, table, group_of(row.key))) {
            named.rows.push_back(row);
            named.rows.back().key = keys.insert(with_name(row.key, name)).first->c_str();
        }
    }
    return named;
}

}  // namespace ajour::settings

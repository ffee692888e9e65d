// SPDX-License-Identifier: Apache-2.0
#include "cli/missing_paths.hpp"

#include "settings/groups.hpp"

#include <optional>
#include <set>
#include <string>
#include <system_error>

namespace ajour::cli {

using settings::Document;
using settings::Problems;
using settings::Table;

namespace {

bool has_default(const ajour_setting_row& row) {
    return row.default_value != nullptr && *row.default_value != '\0';
}

bool is_there(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

/// The nearest directory above the path that is there already, when it is no directory.
std::optional<std::filesystem::path> obstacle(const std::filesystem::path& path) {
    auto above = path.parent_path();
    while (!is_there(above) && above.has_relative_path()) above = above.parent_path();
    std::error_code ignored;
    if (std::filesystem::is_directory(above, ignored)) return std::nullopt;
    return above;
}

std::optional<std::string> fault_of(const Table& table, const ajour_setting_row& row,
                                    const std::filesystem::path& path) {
    const bool to_be_read = !table.prefix.empty() && !has_default(row);
    if (to_be_read && !is_there(path)) return path.string() + " does not exist";
    if (const auto above = obstacle(path)) return above->string() + " is no directory";
    return std::nullopt;
}

}  // namespace

Problems missing_paths(const Document& document, std::span<const Table> tables,
                       const std::filesystem::path& base) {
    Problems problems;
    for (const auto& table : tables) {
        std::set<std::string> named_keys;
        for (const auto& row : with_names(document, table, named_keys).rows) {
            if (row.kind != AJOUR_SETTING_PATH) continue;
            const auto key = table.full_key(row);
            const auto* entry = document.find(key);
            if (entry == nullptr || entry->value.empty()) continue;
            const auto path = (base / entry->value).lexically_normal();
            if (const auto fault = fault_of(table, row, path)) {
                settings::add(problems, {entry->origin.text(), key, *fault});
            }
        }
    }
    return problems;
}

}  // namespace ajour::cli

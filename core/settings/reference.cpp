// SPDX-License-Identifier: Apache-2.0
#include "settings/reference.hpp"

#include "settings/groups.hpp"
#include "settings/overrides.hpp"
#include "settings/value.hpp"

#include <algorithm>

namespace ajour::settings {

namespace {

constexpr std::string_view page_head =
    R"(<!-- Generated: ajour reference settings > docs/reference/settings.md -->
# Settings

A properties file (`ajourd --config etc/ajour.properties`), one `key = value` or `key: value` a line.
Lines that begin with `#` or `!` are comments, a backslash at the end of a line joins the next one, and `\\` is a backslash.
Environment variables win over the file, and `--set key=value` wins over both.
A setting's variable is its key in capitals with `_` for `.`, after `AJOUR_`: `AJOUR_TRANSPORT_HTTP_PORT`, and `AJOUR_STATE` for `ajour.state`.
Relative paths start at `ajour.directory`, or else at the current working directory.
A duration is a number and `ms`, `s`, `m`, `h` or `d`; a size is bytes, or a number and `KiB`, `MiB` or `GiB`.
A text or a path may be set to nothing only where nothing is its default.
A key with `*` is of a group: write a name of your own in its place, 1 to 32 of `a-z 0-9 _ -`, and give the group's other keys under the same name.
A secret may be given as `file:PATH` or `env:NAME`, so that it need not stand in the file.
Unknown keys, keys given twice and wrong values end the start-up; `ajour check` lists all of them.
The settings of a plugin that is switched off with `enabled = false` are not checked.
)";

constexpr std::string_view sample_head =
    R"(# Settings of Ajour, each with its default. Take away the '#' to change one.
# A duration is a number and ms, s, m, h or d; a size is bytes, or a number and KiB, MiB or GiB.
# Environment variables (AJOUR_TRANSPORT_HTTP_PORT for transport.http.port) and --set key=value win
# over this file. `ajour check` says what is wrong with it.
# Generated: ajour reference sample > etc/ajour.properties
)";

/// "transport.http" for a plugin's rows; of the host's, what stands before the first dot.
std::string heading_of(const Table& table, const ajour_setting_row& row) {
    if (!table.prefix.empty()) return table.prefix.substr(0, table.prefix.size() - 1);
    const std::string_view key = row.key;
    return std::string(key.substr(0, key.find('.')));
}

std::string default_of(const ajour_setting_row& row) {
    return row.default_value == nullptr ? "" : row.default_value;
}

std::string default_cell(const ajour_setting_row& row) {
    if (row.required != 0) return "required";
    const auto value = default_of(row);
    return value.empty() ? "nothing" : "`" + value + "`";
}

std::string escaped(std::string text) {
    for (auto bar = text.find('|'); bar != std::string::npos; bar = text.find('|', bar + 2)) {
        text.insert(bar, "\\");
    }
    return text;
}

std::string without_dot(std::string text) {
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string properties_escaped(const std::string& value) {
    std::string text;
    for (const char byte : value) text += byte == '\\' ? std::string("\\\\") : std::string(1, byte);
    return text;
}

/// As it stands in a file, also with a place for a name.
std::string sample_line(const Table& table, const ajour_setting_row& row) {
    const auto value = properties_escaped(default_of(row));
    const auto rest = value.empty() ? std::string(" =") : " = " + value;
    if (!is_of_group(row.key)) return "#" + table.full_key(row) + rest + "\n";
    return "# " + table.prefix + with_name(row.key, "NAME") + rest + "\n";
}

/// Calls `begin_group` before the first row of each group, and `print_row` for every row.
template <typename BeginGroup, typename PrintRow>
void walk(std::span<const Table> tables, BeginGroup begin_group, PrintRow print_row) {
    std::string last;
    for (const auto& table : tables) {
        for (const auto& row : table.rows) {
            const auto group = heading_of(table, row);
            if (group != last) begin_group(table, group);
            last = group;
            print_row(table, row);
        }
    }
}

}  // namespace

std::string reference_page(std::span<const Table> tables) {
    std::string page(page_head);
    walk(
        tables,
        [&](const Table& table, const std::string& group) {
            page += "\n## " + group + "\n\n";
            if (!table.summary.empty()) page += without_dot(table.summary) + ".\n\n";
            page += "| key | default | takes | meaning |\n|---|---|---|---|\n";
        },
        [&](const Table& table, const ajour_setting_row& row) {
            page += "| `" + table.full_key(row) + "` | " + escaped(default_cell(row)) + " | " +
                    escaped(expected(row)) + " | " + escaped(row.help) + " |\n";
        });
    return page;
}

std::string sample_file(std::span<const Table> tables) {
    std::string file(sample_head);
    walk(
        tables,
        [&](const Table& table, const std::string& group) {
            const auto summary = table.summary.empty() ? "" : ": " + without_dot(table.summary);
            file += "\n## " + group + summary + "\n";
        },
        [&](const Table& table, const ajour_setting_row& row) {
            file += std::string("\n# ") + row.help + "\n# Takes " + expected(row) +
                    (row.required != 0 ? "; required" : "") + ".\n" + sample_line(table, row);
        });
    return file;
}

std::string description(const Table& table) {
    std::string text;
    for (const auto& row : table.rows) {
        const auto value = default_of(row);
        text += table.full_key(row) + (value.empty() ? "" : " = " + value) + "\n    " + row.help +
                "\n    Takes " + expected(row) + (row.required != 0 ? "; required" : "") + ".\n";
    }
    return text;
}

}  // namespace ajour::settings

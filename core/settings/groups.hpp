// SPDX-License-Identifier: Apache-2.0
// Rows that an operator may give many times under names of his own: "registry.*.prefix" stands for
// registry.acme.prefix, registry.lab.prefix and so on. Pure.
#pragma once

#include "settings/document.hpp"
#include "settings/table.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace ajour::settings {

inline constexpr std::size_t group_names_max = 64;

/// True for 1 to 32 of [a-z0-9_-].
bool is_group_name(std::string_view text) noexcept;

/// Whether the row's key has a place for a name.
bool is_of_group(std::string_view row_key) noexcept;

/// What stands before the name, without its dot: "registry".
std::string_view group_of(std::string_view row_key) noexcept;

/// The row's key for one name.
std::string with_name(std::string_view row_key, std::string_view name);

/// The name by which `key` is one of the row's; empty when it is none. Both without a prefix.
std::string_view name_in(std::string_view row_key, std::string_view key) noexcept;

/// The names that the document uses in a group of the table.
std::set<std::string> names_of_group(const Document& document, const Table& table,
                                     std::string_view group);

/// The table with a row for each name in use in place of those with a place for one. The new rows'
/// keys live in `keys`.
Table with_names(const Document& document, const Table& table, std::set<std::string>& keys);

}  // namespace ajour::settings

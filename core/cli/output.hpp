// SPDX-License-Identifier: Apache-2.0
// Prints for people and for machines. Knows nothing of what it prints.
#pragma once

#include "json/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ajour::cli {

using Row = std::vector<std::string>;

/// Columns as wide as their longest cell, on standard output. Control bytes in cells are replaced.
void print_table(const Row& head, const std::vector<Row>& rows);

/// Indented JSON and a line end.
void print_json(const Json& value);

void print_line(std::string_view text);

/// A line on standard error that does not end the command.
void warn(std::string_view text);

}  // namespace ajour::cli

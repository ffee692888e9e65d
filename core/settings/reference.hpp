// SPDX-License-Identifier: Apache-2.0
// Prints declared tables: for docs/reference/settings.md, for etc/ajour.properties, and for one
// plugin. The committed files are renewed with
//   ajour reference settings > docs/reference/settings.md
//   ajour reference sample > etc/ajour.properties
#pragma once

#include "settings/table.hpp"

#include <span>
#include <string>

namespace ajour::settings {

/// A Markdown page, the host's table first.
std::string reference_page(std::span<const Table> tables);

/// A properties file in which every setting stands with its default, commented out.
std::string sample_file(std::span<const Table> tables);

/// One table as plain text, for `ajour plugins describe NAME`.
std::string description(const Table& table);

}  // namespace ajour::settings

// SPDX-License-Identifier: Apache-2.0
// Holds a document against declared tables. Collects every problem instead of stopping at the
// first.
#pragma once

#include "settings/document.hpp"
#include "settings/section.hpp"
#include "settings/table.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace ajour::settings {

/// The section may be used only when there are no problems.
struct Checked {
    Section section;
    Problems problems;
};

/// The table's values out of the document, or their defaults: secrets fetched, paths made absolute
/// against `base`. Problems: bad values, missing required ones, secrets that cannot be read.
Checked check(const Document& document, const Table& table, const std::filesystem::path& base);

/// Lines that could not be read, and keys that no table declares, with the nearest right name. Keys
/// that begin with one of `unchecked` (sections of plugins that are off, or whose tables are not
/// known) are left alone.
Problems unknown_keys(const Document& document, std::span<const Table> tables,
                      std::span<const std::string> unchecked = {});

}  // namespace ajour::settings

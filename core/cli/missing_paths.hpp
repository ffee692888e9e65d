// SPDX-License-Identifier: Apache-2.0
// Whether the files and directories that settings name are there.
#pragma once

#include "settings/document.hpp"
#include "settings/problem.hpp"
#include "settings/table.hpp"

#include <filesystem>
#include <span>

namespace ajour::cli {

/// A path that a plugin's setting has no default for names something to be read, so it must exist.
/// All others are made when they are needed, so it is enough that nothing but directories stands in
/// their way.
settings::Problems missing_paths(const settings::Document& document,
                                 std::span<const settings::Table> tables,
                                 const std::filesystem::path& base);

}  // namespace ajour::cli

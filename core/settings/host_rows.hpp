// SPDX-License-Identifier: Apache-2.0
// The host's own settings, declared like a plugin's.
#pragma once

#include "settings/check.hpp"

#include <filesystem>

namespace ajour::settings {

/// All of them, with their full keys.
const Table& host_table();

/// What relative paths start at: `ajour.directory`, or else the current working directory.
std::filesystem::path base_directory(const Document& document);

/// The host's values, and what is wrong with them, each alone and together. Unknown keys are not
/// looked for: only who loaded the plugins knows all tables.
Checked check_host(const Document& document);

}  // namespace ajour::settings

// SPDX-License-Identifier: Apache-2.0
// Where the plugins of this program are.
#pragma once

#include <filesystem>
#include <string>

namespace ajour::plugin_host {

/// `configured` unless it is empty; else the directory beside the build of this program, or where
/// it is installed.
std::filesystem::path plugin_directory(const std::string& configured);

}  // namespace ajour::plugin_host

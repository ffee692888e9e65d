// SPDX-License-Identifier: Apache-2.0
// The door to Boost.DLL: opens a shared object and gives the one symbol of a plugin.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/result.hpp>

#include <filesystem>

namespace ajour::plugin_host {

/// Opens the file, with all its symbols bound now and none of them shown to others, and gives its
/// descriptor, which nothing has checked yet. The library stays loaded until the process ends, also
/// when the plugin is then refused. Its static constructors have run on return. The error's text
/// does not name the file. [main]
sdk::Result<const ajour_plugin_descriptor*> open_plugin(const std::filesystem::path& file);

}  // namespace ajour::plugin_host

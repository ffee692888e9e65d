// SPDX-License-Identifier: Apache-2.0
// The settings of plugin.cpp's table as Options, with what the table cannot check.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "options.hpp"

namespace ajour::drogue_registry {

/// Throws std::invalid_argument, which names the setting, what was found and what was expected.
Options read_settings(const sdk::Settings& settings);

}  // namespace ajour::drogue_registry

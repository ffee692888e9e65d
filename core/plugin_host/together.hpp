// SPDX-License-Identifier: Apache-2.0
// What is wrong with plugins that are right each alone. Asks them, starts nothing.
#pragma once

#include "plugin_host/loaded_plugin.hpp"
#include "settings/document.hpp"
#include "settings/problem.hpp"

#include <span>

namespace ajour::plugin_host {

/// `ajour.registry` names none of the registries, or two sources serve the same key. [main]
settings::Problems problems_together(const settings::Document& document,
                                     std::span<const LoadedRegistry> registries,
                                     std::span<const LoadedSource> sources);

}  // namespace ajour::plugin_host

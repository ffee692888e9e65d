// SPDX-License-Identifier: Apache-2.0
// What the plugin host is told, out of the settings.
#pragma once

#include "plugin_host/host.hpp"
#include "settings/document.hpp"
#include "settings/section.hpp"

namespace ajour::app {

plugin_host::Options plugin_options(const settings::Document& document,
                                    const settings::Section& host, plugin_host::LogLine log,
                                    plugin_host::ResolveAgain resolve_again);

}  // namespace ajour::app

// SPDX-License-Identifier: Apache-2.0
#include "app/plugin_options.hpp"

#include "plugin_host/plugin_directory.hpp"
#include "settings/host_rows.hpp"

#include <utility>

namespace ajour::app {

plugin_host::Options plugin_options(const settings::Document& document,
                                    const settings::Section& host, plugin_host::LogLine log,
                                    plugin_host::ResolveAgain resolve_again) {
    return {plugin_host::plugin_directory(host.text("ajour.plugins")), host.text("ajour.state"),
            settings::base_directory(document), std::move(log), std::move(resolve_again)};
}

}  // namespace ajour::app

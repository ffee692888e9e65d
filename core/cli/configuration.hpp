// SPDX-License-Identifier: Apache-2.0
// The properties file and the plugins as the server would see them. Starts nothing.
#pragma once

#include "cli/options.hpp"
#include "metrics/metrics.hpp"
#include "plugin_host/host.hpp"
#include "settings/document.hpp"
#include "settings/section.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace ajour::cli {

/// The file that is read when none is named: the first of ./etc/ajour.properties and
/// /etc/ajour/ajour.properties that is there; empty when neither is.
std::filesystem::path usual_file();

/// The file, then environment variables of the host's settings, then --set. Without a file: all
/// defaults.
settings::Document load_document(const Options& options);

/// The host's own settings. A Failure lists what is wrong with them.
settings::Section host_section(const settings::Document& document);

/// The document with its plugins opened and all of it checked.
struct Inspection {
    settings::Document document;
    settings::Problems problems;
    metrics::Metrics metrics;
    std::unique_ptr<plugin_host::PluginHost> plugins;
};
std::unique_ptr<Inspection> inspect(const Options& options);

/// The same, with all that a start of the server would find wrong: plugins are created as well, and
/// this machine is asked for the places that the host's settings name.
std::unique_ptr<Inspection> rehearse(const Options& options);

/// The section of an admitted plugin, {"source", "file"}; a Failure when it is not there or has
/// problems.
settings::Section plugin_section(const Inspection& inspection, const plugin_host::PluginName& name);

}  // namespace ajour::cli

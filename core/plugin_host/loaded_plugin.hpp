// SPDX-License-Identifier: Apache-2.0
// A plugin that runs in this host, by its kind.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/builder.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/source.hpp>
#include <ajour/sdk/transport.hpp>

#include <string>

namespace ajour::plugin_host {

/// Owned by the PluginHost, which outlives every use of it.
template <typename Port>
struct LoadedPlugin {
    std::string name;
    const ajour_plugin_descriptor* descriptor = nullptr;
    Port* port = nullptr;
};

using LoadedTransport = LoadedPlugin<sdk::TransportPort>;
using LoadedRegistry = LoadedPlugin<sdk::RegistryPort>;
using LoadedSource = LoadedPlugin<sdk::SourcePort>;
using LoadedBuilder = LoadedPlugin<sdk::BuilderPort>;

}  // namespace ajour::plugin_host

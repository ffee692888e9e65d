// SPDX-License-Identifier: Apache-2.0
// A built plugin, loaded as it is shipped. It stays loaded, as with the host.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/host.hpp>

#include "support/places.hpp"

#include <dlfcn.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace ajour::support {

/// The descriptor in plugins/ajour-<kind>-<name>.so of this build.
inline const ajour_plugin_descriptor& load_plugin(const std::string& kind,
                                                  const std::string& name) {
    const auto file = std::string(AJOUR_BINARY_DIR "/plugins/ajour-") + kind + "-" + name + ".so";
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(::dlerror());
    const void* symbol = ::dlsym(library, AJOUR_PLUGIN_SYMBOL);
    if (symbol == nullptr) throw std::runtime_error(file + ": no " AJOUR_PLUGIN_SYMBOL);
    return *static_cast<const ajour_plugin_descriptor*>(symbol);
}

/// Makes the plugin's object; throws the sentence of its refusal.
template <typename Port>
std::unique_ptr<Port> create(const ajour_plugin_descriptor& plugin, sdk::Host& host) {
    char sentence[512] = "";
    void* port = plugin.create(&host, sentence, sizeof sentence);
    if (port == nullptr) throw std::runtime_error(sentence);
    return std::unique_ptr<Port>(static_cast<Port*>(port));
}

}  // namespace ajour::support

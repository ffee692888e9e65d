// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/builder.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/source.hpp>
#include <ajour/sdk/transport.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <string_view>
#include <type_traits>

// The life of a plugin, the same for each kind:
//   create      the constructor, which takes a Host&: no threads, no sockets, no waiting. Settings
//   are checked
//               already. What it throws is the sentence of the refusal.
//   start       may open and spawn; returns quickly; an Error ends the host's start-up.
//   stop        safe without start, safe twice; on return the plugin makes no further calls to the
//   host. destructor  after stop.
// The library stays loaded until the process ends.

namespace ajour::sdk {

/// Copies a sentence into the room that the host gave, cut to fit.
inline void say(char* error, std::uint32_t room, std::string_view text) noexcept {
    if (room == 0) return;
    const auto length = std::min<std::size_t>(text.size(), room - 1);
    std::memcpy(error, text.data(), length);
    error[length] = '\0';
}

/// Makes a plugin's object and gives it as the port of its kind, which is what the host expects
/// behind the void pointer. Used by AJOUR_PLUGIN.
template <typename Class>
void* create_plugin(void* host, char* error, std::uint32_t room) noexcept {
    try {
        typename Class::Port* port = new Class(*static_cast<Host*>(host));
        return port;
    } catch (const std::exception& thrown) {
        say(error, room, thrown.what());
    } catch (...) {
        say(error, room, "its constructor threw something that is no std::exception");
    }
    return nullptr;
}

}  // namespace ajour::sdk

/// Defines the one exported symbol. Once per plugin, in plugin.cpp, at namespace scope:
/// `AJOUR_PLUGIN(FileSource, "1.0", "Releases from a directory", rows)`; `rows` is an array of
/// ajour_setting_row that ends with end_of_settings. Kind and name come from ajour_add_plugin.
#define AJOUR_PLUGIN(Class, plugin_version, plugin_summary, rows)                                 \
    extern "C" __attribute__((visibility("default"))) const ajour_plugin_descriptor ajour_plugin; \
    const ajour_plugin_descriptor ajour_plugin = {AJOUR_PLUGIN_MAGIC,                             \
                                                  AJOUR_ABI_VERSION,                              \
                                                  AJOUR_ABI_TAG,                                  \
                                                  AJOUR_PLUGIN_KIND,                              \
                                                  AJOUR_PLUGIN_NAME,                              \
                                                  plugin_version,                                 \
                                                  plugin_summary,                                 \
                                                  rows,                                           \
                                                  &::ajour::sdk::create_plugin<Class>};           \
    static_assert(std::string_view(AJOUR_PLUGIN_KIND) == Class::kind,                             \
                  "the class is of another kind than ajour_add_plugin says")

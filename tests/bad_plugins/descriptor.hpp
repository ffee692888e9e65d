// SPDX-License-Identifier: Apache-2.0
// A descriptor with nothing wrong in it, for plugins that spoil one field.
#pragma once

#include <ajour/sdk/abi.h>

#include <string_view>

inline void* create_nothing(void*, char*, std::uint32_t) {
    return nullptr;
}

constexpr ajour_plugin_descriptor right_descriptor() {
    return {AJOUR_PLUGIN_MAGIC, AJOUR_ABI_VERSION, AJOUR_ABI_TAG,
            AJOUR_PLUGIN_KIND,  AJOUR_PLUGIN_NAME, "1.0",
            "A plugin",         nullptr,           &create_nothing};
}

#define EXPORT_DESCRIPTOR(value)                                                                  \
    extern "C" __attribute__((visibility("default"))) const ajour_plugin_descriptor ajour_plugin; \
    const ajour_plugin_descriptor ajour_plugin = value

/// Exports the right descriptor with one field spoilt.
#define EXPORT_SPOILT(field, spoilt)           \
    constexpr ajour_plugin_descriptor made() { \
        auto descriptor = right_descriptor();  \
        descriptor.field = spoilt;             \
        return descriptor;                     \
    }                                          \
    EXPORT_DESCRIPTOR(made())

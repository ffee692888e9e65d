// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/host.hpp>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace ajour::sdk::contract {

/// A built plugin, opened as the host opens it, and like there never closed. Copies are cheap.
class PluginFile {
public:
    /// Throws std::runtime_error when the file cannot be opened or has no descriptor of this ABI.
    explicit PluginFile(const std::filesystem::path& path);

    const ajour_plugin_descriptor& descriptor() const noexcept { return *descriptor_; }

    /// Makes the plugin's object: `file.create<Source>(host)`. The host outlives it. Throws
    /// std::runtime_error with the plugin's own sentence when it refuses.
    template <typename Kind>
    std::unique_ptr<typename Kind::Port> create(Host& host) const {
        return std::unique_ptr<typename Kind::Port>(
            static_cast<typename Kind::Port*>(create_object(host, Kind::kind)));
    }

private:
    void* create_object(Host& host, const char* kind) const;

    const ajour_plugin_descriptor* descriptor_;
};

}  // namespace ajour::sdk::contract

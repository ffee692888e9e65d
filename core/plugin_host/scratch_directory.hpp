// SPDX-License-Identifier: Apache-2.0
// A directory that lasts as long as its object, for plugins that are made to try.
#pragma once

#include <ajour/sdk/result.hpp>

#include <filesystem>
#include <memory>

namespace ajour::plugin_host {

class ScratchDirectory {
public:
    /// With mode 0700, among the system's temporary files. Unavailable says why not.
    static sdk::Result<std::unique_ptr<ScratchDirectory>> make();
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    explicit ScratchDirectory(std::filesystem::path path) : path_(std::move(path)) {}

    const std::filesystem::path path_;
};

}  // namespace ajour::plugin_host

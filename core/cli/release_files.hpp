// SPDX-License-Identifier: Apache-2.0
// Reads and removes what `publish` wrote. Knows no servers.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ajour::cli {

struct ReleaseFile {
    std::string name, version, checksum;
    std::uint64_t size = 0;
    std::string problem;  ///< why it cannot be served as it is; empty: nothing found
};

/// What NAME.json says, held against the size of NAME.bin. Never fails: problems are in the result.
ReleaseFile read_release(const std::filesystem::path& root, const std::string& name);

/// All of them, by name; none when there is no such directory.
sdk::Result<std::vector<ReleaseFile>> list_releases(const std::filesystem::path& root);

/// NAME.json first, so that nobody finds metadata without its image.
sdk::Result<void> remove_release(const std::filesystem::path& root, const std::string& name);

}  // namespace ajour::cli

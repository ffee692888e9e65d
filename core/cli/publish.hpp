// SPDX-License-Identifier: Apache-2.0
// Writes a release into the directory of the file source, in the layout that Drogue Ajour's file
// store has: NAME.bin, and NAME.json {"version", "size", "checksum"}. Knows no servers.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace ajour::cli {

struct Publication {
    std::filesystem::path file;  ///< the image, as it will run on devices
    std::string name;            ///< 1 to 200 of A-Z a-z 0-9 . _ - that do not begin with a dot
    std::string version;         ///< 1 to 255 bytes of UTF-8
    std::filesystem::path root;  ///< of the file source; made when it is not there
    std::uint64_t largest = 0;   ///< bytes that an image may have
};

/// Each file is written aside, synced and renamed into place, the image first: whoever reads
/// meanwhile finds the old release, the new one, or two files that do not belong together.
/// Publishers of one directory wait for each other. An error leaves no half-written file behind.
sdk::Result<sdk::Release> publish(const Publication& publication);

/// Whether a release may have the name.
bool is_release_name(std::string_view name) noexcept;

}  // namespace ajour::cli

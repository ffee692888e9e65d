// SPDX-License-Identifier: Apache-2.0
// Reads firmware.json, and compares it with the firmware beside it. Pure.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::oci {

/// The longest metadata file that is looked at.
inline constexpr std::size_t MetadataBytes = 64U << 10;

struct MetadataFile {
    std::string version;  ///< or empty
    std::uint64_t size = 0;
    sdk::Sha256 sha256;
};

/// Reads `{"version":"1.0.1","size":4711,"checksum":"<64 hex digits>"}`; a "sha256:" before the
/// digits and upper case are taken, other members do not count.
sdk::Result<MetadataFile> parse_metadata_file(std::string_view text);

/// Mismatch: the firmware has another size or checksum; names both.
sdk::Result<void> compare(const MetadataFile& metadata, std::uint64_t size,
                          const sdk::Sha256& sha256);

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
// Reads NAME.json and the target's spec; knows no files. The plugin's door to nlohmann-json.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::file {

/// What NAME.json says of NAME.bin.
struct Metadata {
    std::string version;
    std::uint64_t size = 0;
    sdk::Sha256 sha256;
};

/// The longest NAME.json, and the longest spec, that is looked at.
inline constexpr std::size_t MetadataBytes = 64 * 1024;

/// Reads `{"version":"1.0.1","size":4711,"checksum":"<64 hex digits>"}`; a "sha256:" before the
/// digits is accepted, other members do not count. Malformed names the member, what was found and
/// what was expected.
sdk::Result<Metadata> parse_metadata(std::string_view text);

/// Reads `{"name":"basename"}` and checks the name.
sdk::Result<std::string> parse_target(std::string_view spec);

/// Whether a name stays within its directory: 1 to 200 of [A-Za-z0-9._-], the first one no dot.
bool is_name(std::string_view name) noexcept;

}  // namespace ajour::file

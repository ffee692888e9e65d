// SPDX-License-Identifier: Apache-2.0
// Which artifact of a deployment is the firmware, and what its version is. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "deployment.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

enum class VersionFrom : std::uint8_t { Module, Metadata };

struct Rule {
    std::string part;            ///< type of the module; empty: any
    std::string artifact = "*";  ///< name of the artifact, with * and ?
    bool exactly_one = false;
    VersionFrom version_from = VersionFrom::Module;
    std::string version_key = "version";  ///< of the metadata
};

struct Chosen {
    std::string version, part, filename, url;
    std::optional<std::uint64_t> size;
    Hashes hashes;

    friend bool operator==(const Chosen&, const Chosen&) = default;
};

/// Mismatch: none matches, or several do and the rule wants one, or the one that does cannot be
/// served; the text is for hawkBit's history too.
sdk::Result<Chosen> choose(const Deployment& deployment, const Rule& rule);

/// Whether a name fits a pattern in which * stands for any text and ? for any character.
bool fits(std::string_view name, std::string_view pattern) noexcept;

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
// Which of a release's many names is its version: the string that the firmware itself reports, or
// devices update forever. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::oci {

/// All that may name a version; what is empty was not said.
struct VersionWords {
    std::string wished;        ///< the target's own `version`
    std::string metadata;      ///< `version` of firmware.json
    std::string annotation;    ///< org.opencontainers.image.version of layer, manifest or index
    std::string label;         ///< the same, or org.label-schema.version, of the image's config
    std::string tag;           ///< by which the release was asked for
    std::string revision;      ///< org.opencontainers.image.revision
    std::string other_tag;     ///< of the same digest, that looks like a version
    std::string firmware_hex;  ///< SHA-256 of the firmware
};

/// From which word a version was taken; the first that there is wins.
enum class VersionStep : std::uint8_t {
    Wished = 1,
    Metadata,
    Annotation,
    Label,
    Tag,
    Revision,
    OtherTag,
    FirmwareDigest,
};

struct VersionName {
    std::string text;
    VersionStep step = VersionStep::FirmwareDigest;
};

/// The longest version that a release may have.
inline constexpr std::size_t VersionBytes = 255;

/// The version by the first word that there is; a tag out of `moving_tags` (in any case) is no
/// version. Malformed: it is too long, or there is no word at all.
sdk::Result<VersionName> name_version(const VersionWords& words,
                                      const std::vector<std::string>& moving_tags);

/// Whether a tag is one that is moved from release to release.
bool is_moving(std::string_view tag, const std::vector<std::string>& moving_tags);

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
// What stands under `spec.firmware.container` of a device or an application. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/descriptor.hpp"
#include "content/semver.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::oci {

/// Whether what was resolved once is looked at again.
enum class PullPolicy : std::uint8_t {
    Unsaid,  ///< as Always for a tag that moves from release to release, else IfNotPresent
    Always,
    IfNotPresent,
};

struct TargetSpec {
    std::string image;     ///< not yet parsed; below the prefix of the OCI registry
    std::string registry;  ///< name of the OCI registry; empty: the default one
    PullPolicy pull_policy = PullPolicy::Unsaid;
    std::string version;               ///< that the release shall have, or empty
    std::optional<Platform> platform;  ///< of an index's entries
    std::optional<Range> policy;       ///< of tags: the highest version in it is the target
    std::string policy_text;           ///< as it was written
};

/// Malformed names the member that is wrong, and what was expected; members that are not known are
/// wrong, but for `build`, which is a builder's.
sdk::Result<TargetSpec> parse_target_spec(std::string_view text);

}  // namespace ajour::oci

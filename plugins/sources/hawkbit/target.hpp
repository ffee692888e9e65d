// SPDX-License-Identifier: Apache-2.0
// Reads `spec.firmware.hawkbit`. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::hawkbit {

/// What a target says; empty texts were not given.
struct TargetSpec {
    std::string controller;  ///< a pattern as source.hawkbit.controller, not checked yet
    std::string tenant;      ///< names a connection, or its tenant
};

/// Reads `{"controller": "...", "tenant": "..."}`; other members are mistakes. Malformed names the
/// member, what was found and what was expected.
sdk::Result<TargetSpec> parse_target(std::string_view spec);

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
// A device's `status.firmware` as the original server writes it and the cloud's tools read it.
// Pure.
#pragma once

#include <ajour/sdk/registry.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ajour::drogue_registry {

/// The section as JSON. A condition keeps its lastTransitionTime from `former` unless its status
/// changed; a former one of another shape is as none.
std::string firmware_text(const sdk::Report& report, std::string_view former);

/// What a section says, without its times; nothing when it has another shape.
std::optional<sdk::Report> read_firmware(std::string_view text);

}  // namespace ajour::drogue_registry

// SPDX-License-Identifier: Apache-2.0
// What a device is called in hawkBit. Pure.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::hawkbit {

/// Whether a text has 1 to 256 visible ASCII characters, none of / \ ; %, and is neither . nor ..:
/// others do not come through hawkBit's firewall, or not as what they were.
bool is_controller_id(std::string_view text) noexcept;

/// The pattern with its {application} and {device} replaced. Malformed: the result is no controller
/// id.
sdk::Result<std::string> controller_id(std::string_view pattern, const sdk::DeviceId& device);

/// Replaces each `{word}` by its value.
std::string replaced(std::string text, std::string_view word, std::string_view value);

}  // namespace ajour::hawkbit

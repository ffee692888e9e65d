// SPDX-License-Identifier: Apache-2.0
// What hawkBit may know of a device. Pure.
#pragma once

#include <ajour/sdk/device.hpp>

#include <map>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

using Attributes = std::map<std::string, std::string>;

/// The device's labels, and `application`, `device`, `version` (if it is known) and `ajour`, which
/// win. At most 100, with keys and values of at most 128 of the characters that hawkBit takes;
/// others become '_'. Labels beyond that are left out, the last in the alphabet first.
Attributes attributes_of(const sdk::DeviceId& device, const std::string& version,
                         const std::map<std::string, std::string>& labels);

/// The body that adds them to those that hawkBit has.
std::string attributes_body(const Attributes& attributes);

/// A short text that differs when the body does, as far as it matters (FNV-1a).
std::string stamp_of(std::string_view body);

}  // namespace ajour::hawkbit

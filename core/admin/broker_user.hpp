// SPDX-License-Identifier: Apache-2.0
// Who logs in at a broker, by the words that brokers have for it. Pure.
#pragma once

#include <ajour/sdk/device.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ajour::admin {

/// The device that a user name means: `application/device`, as it stands in the device's topics, or
/// `device@application`, the device percent-encoded. Nothing when it is no device's: other users of
/// the broker are not ours to judge, and a name that would reach into another topic is none.
std::optional<sdk::DeviceId> device_of_user(std::string_view user);

/// An IP address in the one form in which the brake counts it: without zone, IPv4 as such. Nothing
/// when it is no IP address.
std::optional<std::string> plain_address(const std::string& text);

}  // namespace ajour::admin

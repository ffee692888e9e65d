// SPDX-License-Identifier: Apache-2.0
// Tells who speaks, from what the request shows. Pure, allocates nothing, judges no secret.
#pragma once

#include <ajour/sdk/device.hpp>

#include "query.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace ajour::sender {

/// What HTTP Basic carries (RFC 7617). The views point into the text that it was read from.
struct Basic {
    std::span<char> user;
    std::string_view password;
};

/// Reads the value of an Authorization header, in place. Nothing when it is no well-formed Basic.
std::optional<Basic> parse_basic(std::span<char> authorization) noexcept;

/// Who a request says it comes from.
struct Identity {
    sdk::DeviceView device;
    std::string_view username;  ///< empty: the password is the device's own
};

/// Puts Basic's user and the query together, in each way that Drogue Cloud's endpoint knows:
/// `device@application`; `device` and ?application=; `user` and ?application=&device=;
/// `user@application` and ?device=. Without Basic the query must name both. Nothing when they do
/// not make a device.
std::optional<Identity> identify(const std::optional<Basic>& basic, const Query& query) noexcept;

}  // namespace ajour::sender

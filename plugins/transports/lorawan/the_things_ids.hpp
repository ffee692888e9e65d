// SPDX-License-Identifier: Apache-2.0
// How The Things Stack names applications and devices. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::lorawan {

/// Ids there have lower-case letters, digits and dashes, 36 at most.
inline bool is_things_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == text.npos;
}

inline sdk::Result<void> check_ids(std::string_view application, std::string_view device) {
    const auto wrong = [](const char* text) { return sdk::Error{sdk::ErrorKind::Malformed, text}; };
    if (!is_things_id(application)) return wrong("its application is no id");
    if (!is_things_id(device)) return wrong("its device is no id");
    return {};
}

/// As Uplink::address.
inline std::string things_address(std::string_view application, std::string_view device) {
    return std::string(application) + "/" + std::string(device);
}

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
// What an answer to a request means for what was sent. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

enum class Reaction : std::uint8_t {
    Done,
    Again,      ///< a fault of hawkBit's, or somebody else changed it meanwhile
    Quota,      ///< the action has as many rows as it may have
    Throttled,  ///< too many requests
    Refused,    ///< the token, or the tenant
    Over,       ///< the action is unknown, or has ended
    Wrong,      ///< it will never be taken
};

/// `body` of an error may name its code, as hawkBit's do.
Reaction reaction_to(int status, std::string_view body);

/// hawkBit's errorCode and message, or the status alone, for people.
std::string explanation_of(int status, std::string_view body);

}  // namespace ajour::hawkbit

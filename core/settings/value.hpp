// SPDX-License-Identifier: Apache-2.0
// One setting's text turned into its value. Pure; files and secrets are not its business.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::settings {

struct Value {
    std::int32_t kind = AJOUR_SETTING_TEXT;
    std::string text;  ///< TEXT, CHOICE, PATH
    std::int64_t number =
        0;  ///< INTEGER; SIZE in bytes; DURATION in milliseconds; BOOLEAN as 0 or 1
    std::vector<std::string> list;  ///< LIST

    friend bool operator==(const Value&, const Value&) = default;
};

/// The value of the row's kind and within its bounds. The error says what was found and what was
/// expected, without the found text when the row is a secret.
sdk::Result<Value> parse_value(const ajour_setting_row& row, std::string_view text);

/// What the row takes, for messages and the reference: "an integer from 1 to 65535", "debug, info
/// or error".
std::string expected(const ajour_setting_row& row);

/// The words of a list or of choices, without spaces around them; empty ones left out.
std::vector<std::string> words_of(std::string_view text, char separator);

}  // namespace ajour::settings

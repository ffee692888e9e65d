// SPDX-License-Identifier: Apache-2.0
// What a token endpoint answers (RFC 6749 section 5.1). Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace ajour::drogue_access {

struct Token {
    std::string text;
    std::chrono::seconds lifetime{0};
};

/// A lifetime that it does not say is five minutes; none is longer than a day. The text of an Error
/// has nothing of the token.
sdk::Result<Token> read_token(std::string_view json);

}  // namespace ajour::drogue_access

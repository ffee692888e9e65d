// SPDX-License-Identifier: Apache-2.0
// What a token server answers. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace ajour::oci {

struct TokenAnswer {
    std::string token;                  ///< opaque, fit to stand in a header
    std::chrono::seconds good_for{60};  ///< 60 s when the answer does not say; at most a day
};

/// `token` or `access_token`, and `expires_in`. Malformed never repeats what was found.
sdk::Result<TokenAnswer> parse_token_answer(std::string_view body);

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
#include "distribution/token_answer.hpp"

#include "json/members.hpp"

#include <algorithm>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LargestAnswer = 256U << 10;
constexpr std::size_t LongestToken = 64U << 10;
constexpr std::uint64_t Day = 24 * 3600;

bool fits_a_header(std::string_view token) {
    return !token.empty() && token.size() <= LongestToken &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

Result<TokenAnswer> parse_token_answer(std::string_view body) {
    const auto object = parse_object(body, {LargestAnswer, 4096, 16});
    // The error of the parser shows a beginning, and this may be a token.
    if (!object) return Error{ErrorKind::Malformed, "the token server's answer is no JSON object"};
    auto token = optional_text(*object, "token", LongestToken);
    if (token && token->empty()) token = optional_text(*object, "access_token", LongestToken);
    if (!token || !fits_a_header(*token)) {
        return Error{ErrorKind::Malformed,
                     "the token server's answer has no token of 1 to 65536 printable characters"};
    }
    TokenAnswer answer{*token};
    const auto* expires = object->member("expires_in");
    const auto* seconds = expires == nullptr ? nullptr : expires->number();
    if (seconds != nullptr && *seconds > 0) {
        answer.good_for = std::chrono::seconds(std::min(*seconds, Day));
    }
    return answer;
}

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
// Reads a request target: path, channel and the query parameters that count. Pure, allocates
// nothing.
#pragma once

#include "query.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace ajour::http {

/// A request target taken apart. The views point into the text that was parsed.
struct RequestTarget : sender::Query {
    std::string_view path;
    std::string_view channel;  ///< X of /v1/X and /v1/X/any/suffix; else empty
};

/// Takes a target apart and decodes its query values in place. Nothing when a known parameter is
/// given twice, or `ct` is not a whole number of seconds. Unknown parameters do not count.
std::optional<RequestTarget> parse_target(std::span<char> target) noexcept;

}  // namespace ajour::http

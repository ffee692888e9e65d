// SPDX-License-Identifier: Apache-2.0
// Reads a request target: path, channel and the query parameters that count. Pure, allocates
// nothing.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace ajour::http {

/// A request target taken apart. The views point into the text that was parsed.
struct RequestTarget {
    std::string_view path;
    std::string_view channel;  ///< X of /v1/X and /v1/X/any/suffix; else empty
    std::optional<std::string_view> application;
    std::optional<std::string_view> device;
    std::optional<std::string_view> as;
    std::optional<std::chrono::seconds> command_timeout;
};

/// Takes a target apart and decodes its query values in place. Nothing when a known parameter is
/// given twice, or `ct` is not a whole number of seconds. Unknown parameters do not count.
std::optional<RequestTarget> parse_target(std::span<char> target) noexcept;

/// Decodes %XX in place and returns the shorter text; what is no valid escape stays as it is (RFC
/// 3986 2.1).
std::span<char> percent_decode(std::span<char> text) noexcept;

}  // namespace ajour::http

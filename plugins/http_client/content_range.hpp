// SPDX-License-Identifier: Apache-2.0
// The Content-Range of a 206 (RFC 9110 section 14.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ajour::http_client {

struct ContentRange {
    std::uint64_t first = 0, last = 0;
    std::optional<std::uint64_t> total;  ///< nothing: the server does not know

    std::uint64_t size() const noexcept { return last - first + 1; }
    /// Whether it is all that there is from that byte on.
    bool is_rest_from(std::uint64_t from) const noexcept {
        return first == from && (!total || last + 1 == *total);
    }
};

/// "bytes 100-199/200" or "bytes 100-199/*"; nothing for all else.
std::optional<ContentRange> parse_content_range(std::string_view text);

}  // namespace ajour::http_client

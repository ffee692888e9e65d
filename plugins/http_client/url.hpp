// SPDX-License-Identifier: Apache-2.0
// Absolute http and https URLs (RFC 3986), taken apart so strictly that nobody can read them in
// another way.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::http_client {

inline constexpr std::size_t url_max = 8192;

struct Url {
    bool secure = true;
    std::string host;  ///< in lower case; an IPv6 address in brackets
    std::uint16_t port = 0;
    std::string path;   ///< begins with "/"
    std::string query;  ///< with its "?", or empty; a secret

    std::string origin() const;    ///< "https://host:443"
    std::string location() const;  ///< without the query, and without a port that goes without
                                   ///< saying
    std::string text() const { return location() + query; }
};

/// Refused: it is none, or has credentials in it. The fragment is dropped; what is not ASCII is
/// written as %XX.
sdk::Result<Url> parse_url(std::string_view text);

/// What a reference (a Location) means that was found at `base` (RFC 3986 section 5.2).
sdk::Result<Url> resolve_reference(const Url& base, std::string_view reference);

}  // namespace ajour::http_client

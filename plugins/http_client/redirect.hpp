// SPDX-License-Identifier: Apache-2.0
// Where a redirect leads, and with what (RFC 9110 section 15.4). Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "url.hpp"

#include <string_view>

namespace ajour::http_client {

struct Hop {
    Url url;
    /// No other origin was on the way: only then may it see credentials. Once lost, it never comes
    /// back, since who sent us here may have been anybody.
    bool trusted = true;
};

/// Whether a status says to go elsewhere with the same GET or HEAD.
bool is_redirect(int status) noexcept;

/// The first hop, to the URL of a request. Refused: plain http, but it is not allowed.
sdk::Result<Hop> first_hop(std::string_view url, bool plain);

/// The hop after `from`, to its answer's Location. Refused: it may not be followed.
sdk::Result<Hop> next_hop(const Hop& from, std::string_view location, bool plain);

}  // namespace ajour::http_client

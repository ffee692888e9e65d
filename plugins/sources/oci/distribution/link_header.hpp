// SPDX-License-Identifier: Apache-2.0
// Where the next page of a list is: Link (RFC 8288). Pure.
#pragma once

#include <string>
#include <string_view>

namespace ajour::oci {

/// The target of the link whose relation is "next", as it stands there; "" when there is none.
std::string next_link(std::string_view header);

/// That target as path and query below the server that gave the list: "/v2/...". "" for one that
/// leads elsewhere; a list never takes us, and our credentials, to another server.
std::string local_target(std::string_view target, std::string_view origin);

}  // namespace ajour::oci

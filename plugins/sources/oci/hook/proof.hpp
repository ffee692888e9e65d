// SPDX-License-Identifier: Apache-2.0
// Whether a webhook comes from one who knows the secret. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ajour::oci {

/// By `x-hub-signature-256` (GitHub: HMAC-SHA256 of the body), or else by `authorization`, which is
/// the secret itself, alone or after "Bearer " (Harbor, distribution). Header names are in lower
/// case; an empty secret proves nothing.
bool proves_secret(const std::map<std::string, std::string>& headers, std::string_view body,
                   std::string_view secret);

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
#include "hook/proof.hpp"

#include "crypto/hmac.hpp"

namespace ajour::oci {

bool proves_secret(const std::map<std::string, std::string>& headers, std::string_view body,
                   std::string_view secret) {
    if (secret.empty()) return false;
    if (const auto signature = headers.find("x-hub-signature-256"); signature != headers.end()) {
        return same_secret(signature->second, "sha256=" + hmac_of(secret, body).hex());
    }
    const auto shown = headers.find("authorization");
    if (shown == headers.end()) return false;
    return same_secret(shown->second, secret) ||
           same_secret(shown->second, "Bearer " + std::string(secret));
}

}  // namespace ajour::oci

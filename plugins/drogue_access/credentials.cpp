// SPDX-License-Identifier: Apache-2.0
#include "credentials.hpp"

#include "base64.hpp"

namespace ajour::drogue_access {

std::string Credentials::problem() const {
    if (!oidc_url.empty() && !is_oidc()) {
        return "oidc.url and oidc.client: one is set, expected both or none";
    }
    if (is_oidc() && oidc_url.empty() && api.empty()) {
        return "oidc.client is set, expected oidc.url too, or the cloud's API, which names it";
    }
    if (is_oidc() && !user.empty()) return "user and oidc.client are set, expected one of them";
    if (user.empty() != token.empty()) return "user and token: one is set, expected both or none";
    return user.find(':') == std::string::npos ? "" : "user has a colon, which none may have";
}

std::string Proof::header() const {
    if (is_bearer()) return "Bearer " + token;
    return user.empty() ? "" : "Basic " + base64::encode(user + ":" + token);
}

}  // namespace ajour::drogue_access

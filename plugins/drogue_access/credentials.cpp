// SPDX-License-Identifier: Apache-2.0
#include "credentials.hpp"

#include "base64.hpp"
#include "http_client/base_url.hpp"

namespace ajour::drogue_access {
namespace {

std::string problem_of(const std::string& url, const char* key, bool plain) {
    const auto problem = http_client::base_url_problem(url, plain);
    return problem.empty() ? problem : key + (" " + problem);
}

}  // namespace

std::string Credentials::problem(bool plain) const {
    if (auto wrong = problem_of(api, "api", plain); !wrong.empty()) return wrong;
    if (auto wrong = problem_of(oidc_url, "oidc.url", plain); !wrong.empty()) return wrong;
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

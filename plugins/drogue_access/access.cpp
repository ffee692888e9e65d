// SPDX-License-Identifier: Apache-2.0
#include "access.hpp"

#include "base64.hpp"
#include "http_client/message.hpp"

#include <utility>

namespace ajour::drogue_access {

using http_client::percent_encoded;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

std::string Credentials::problem() const {
    if (is_oidc() == oidc_client.empty()) {
        return "oidc.url and oidc.client: one is set, expected both or none";
    }
    if (is_oidc() && !user.empty()) return "user and oidc.url are set, expected one of them";
    if (user.empty() != token.empty()) return "user and token: one is set, expected both or none";
    return user.find(':') == std::string::npos ? "" : "user has a colon, which none may have";
}

Result<std::string> Access::authorization() {
    if (credentials_.is_oidc()) return bearer();
    if (credentials_.user.empty()) return std::string();
    return "Basic " + base64::encode(credentials_.user + ":" + credentials_.token);
}

Result<std::string> Access::bearer() {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (!bearer_.empty() && now < due_) return bearer_;
    auto token = ask();
    if (token) {
        bearer_ = "Bearer " + token->text;
        due_ = now + token->lifetime * 4 / 5;
        end_ = now + token->lifetime;
        return bearer_;
    }
    if (!bearer_.empty() && now < end_) return bearer_;
    return token.error().in("getting an access token");
}

void Access::forget(const std::string& authorization) {
    const std::lock_guard lock(mutex_);
    if (bearer_ == authorization) bearer_.clear();
}

Result<Token> Access::ask() const {
    http_client::Request request;
    request.method = "POST";
    request.url = credentials_.oidc_url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"}};
    request.authorization =
        "Basic " + base64::encode(percent_encoded(credentials_.oidc_client) + ":" +
                                  percent_encoded(credentials_.oidc_secret));
    request.body = "grant_type=client_credentials";
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (answer->status == 200) return read_token(answer->body);
    return Error{ErrorKind::Unavailable,
                 answer->url + " answered " + std::to_string(answer->status) + ", expected 200"};
}

}  // namespace ajour::drogue_access

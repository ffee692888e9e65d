// SPDX-License-Identifier: Apache-2.0
#include "access.hpp"

#include "base64.hpp"
#include "endpoints.hpp"
#include "http_client/message.hpp"

#include <utility>

namespace ajour::drogue_access {

using http_client::percent_encoded;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

Result<Proof> Access::known() const {
    if (!is_oidc()) {
        const auto& read = credentials_.read_token;
        return Proof{credentials_.user, read ? read() : credentials_.token};
    }
    const std::lock_guard lock(mutex_);
    if (!bearer_.empty() && Clock::now() < end_) return Proof{{}, bearer_};
    return Error{ErrorKind::Unavailable, "there is no access token yet"};
}

Result<Proof> Access::proof() {
    if (!is_oidc()) return known();
    const std::lock_guard asking(asking_);
    if (*due() > Clock::now()) return known();
    auto renewed = get();
    if (renewed) return renewed;
    auto last = known();
    return last ? std::move(last) : renewed.error();
}

Result<std::string> Access::authorization() {
    auto shown = proof();
    if (!shown) return shown.error();
    return shown->header();
}

std::optional<Access::Clock::time_point> Access::due() const {
    if (!is_oidc()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return due_;
}

void Access::forget(const Proof& refused) {
    const std::lock_guard lock(mutex_);
    if (bearer_ != refused.token) return;
    bearer_.clear();
    due_ = {};
}

Result<Proof> Access::renew() {
    const std::lock_guard asking(asking_);
    return get();
}

Result<Proof> Access::get() {
    const auto now = Clock::now();
    auto token = ask();
    if (!token) return token.error().in("getting an access token");
    const std::lock_guard lock(mutex_);
    bearer_ = std::move(token->text);
    due_ = now + token->lifetime * 4 / 5;
    end_ = now + token->lifetime;
    return Proof{{}, bearer_};
}

/// What an operator gave, or else what the cloud named once, until it fails.
Result<std::string> Access::token_endpoint() {
    if (!credentials_.oidc_url.empty()) return credentials_.oidc_url;
    if (!endpoint_.empty()) return endpoint_;
    auto found = find_token_endpoint(client_, credentials_.api);
    if (found) endpoint_ = *found;
    return found;
}

Result<Token> Access::ask() {
    auto url = token_endpoint();
    if (!url) return url.error();
    http_client::Request request;
    request.method = "POST";
    request.url = std::move(*url);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"}};
    request.authorization =
        "Basic " + base64::encode(percent_encoded(credentials_.oidc_client) + ":" +
                                  percent_encoded(credentials_.oidc_secret));
    request.body = "grant_type=client_credentials";
    const auto answer = client_.send(request);
    if (answer && answer->status == 200) return read_token(answer->body);
    endpoint_.clear();
    if (!answer) return answer.error();
    return Error{ErrorKind::Unavailable,
                 answer->url + " answered " + std::to_string(answer->status) + ", expected 200"};
}

}  // namespace ajour::drogue_access

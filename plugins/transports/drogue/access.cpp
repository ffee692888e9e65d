// SPDX-License-Identifier: Apache-2.0
#include "access.hpp"

#include "base64.hpp"

#include <utility>

namespace ajour::drogue {

sdk::Result<mqtt_client::Login> Access::login(bool speaks_version_5) const {
    if (!settings_.is_oidc()) return mqtt_client::Login{settings_.user, settings_.token};
    auto bearer = token();
    if (!bearer) return bearer.error();
    // Either alone is taken for a token of the provider's; 3.1.1 has no password without a user.
    if (speaks_version_5) return mqtt_client::Login{{}, std::move(*bearer)};
    return mqtt_client::Login{std::move(*bearer), {}};
}

sdk::Result<std::string> Access::authorization() const {
    if (settings_.is_oidc()) {
        auto bearer = token();
        if (!bearer) return bearer.error();
        return "Bearer " + *bearer;
    }
    if (settings_.user.empty()) return std::string();
    return "Basic " + base64::encode(settings_.user + ":" + settings_.token);
}

sdk::Result<std::string> Access::token() const {
    const std::lock_guard lock(mutex_);
    if (!token_.empty() && Clock::now() < ends_) return token_;
    return sdk::Error{sdk::ErrorKind::Unavailable, "there is no access token yet"};
}

void Access::keep(drogue_access::Token token, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token.text);
    ends_ = now + token.lifetime;
    due_ = now + token.lifetime * 4 / 5;
}

std::optional<Access::Clock::time_point> Access::due() const {
    if (!settings_.is_oidc()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return due_;
}

}  // namespace ajour::drogue

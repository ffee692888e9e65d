// SPDX-License-Identifier: Apache-2.0
// Who we are to the cloud: a user with an access token of his, or a client of its OpenID provider
// whose tokens end and are got anew. [any]
#pragma once

#include <ajour/sdk/result.hpp>

#include "drogue_access/token_answer.hpp"
#include "packets.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::drogue {

/// As an operator wrote them; all may be empty.
struct AccessSettings {
    std::string user;
    std::string token;
    std::string oidc_url;  ///< the token endpoint
    std::string oidc_client;
    std::string oidc_secret;

    bool is_oidc() const noexcept { return !oidc_url.empty(); }
};

class Access {
public:
    using Clock = std::chrono::steady_clock;

    explicit Access(AccessSettings settings) : settings_(std::move(settings)) {}

    const AccessSettings& settings() const noexcept { return settings_; }

    /// For a connection by MQTT. Unavailable: there is no token yet.
    sdk::Result<mqtt_client::Login> login(bool speaks_version_5) const;
    /// The header of a request by HTTP; empty: none. Unavailable: there is no token yet.
    sdk::Result<std::string> authorization() const;

    void keep(drogue_access::Token token, Clock::time_point now);
    /// When the next token should be got; nothing when none ever is.
    std::optional<Clock::time_point> due() const;

private:
    sdk::Result<std::string> token() const;

    const AccessSettings settings_;
    mutable std::mutex mutex_;  // guards all below
    std::string token_;
    Clock::time_point ends_{};
    Clock::time_point due_{};
};

}  // namespace ajour::drogue

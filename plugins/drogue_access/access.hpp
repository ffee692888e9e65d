// SPDX-License-Identifier: Apache-2.0
// What we show to a Drogue Cloud now: an access token of a user's, which an operator may replace,
// or one of the cloud's OpenID provider, which ends and is got anew.
#pragma once

#include <ajour/sdk/result.hpp>

#include "credentials.hpp"
#include "http_client/client.hpp"
#include "token_answer.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::drogue_access {

class Access {
public:
    using Clock = std::chrono::steady_clock;

    Access(Credentials credentials, http_client::Client& client)
        : credentials_(std::move(credentials)), client_(client) {}

    bool is_oidc() const noexcept { return credentials_.is_oidc(); }

    /// Asks the token endpoint when that is due; while it fails, a token goes on to its end.
    /// [worker]
    sdk::Result<Proof> proof();
    /// The same as a header, which may be empty. [worker]
    sdk::Result<std::string> authorization();

    /// Asks the token endpoint, due or not. [worker]
    sdk::Result<Proof> renew();

    /// Asks nobody. Unavailable: there is no token of the provider's yet. [any]
    sdk::Result<Proof> known() const;

    /// When the next token of the provider's should be got: when four fifths of the last one's time
    /// are over, or the cloud refused it. Nothing: never. [any]
    std::optional<Clock::time_point> due() const;

    /// The cloud refused it. A token of the provider's is got anew. [any]
    void forget(const Proof& refused);

private:
    sdk::Result<std::string> token_endpoint();
    sdk::Result<Token> ask();
    sdk::Result<Proof> get();

    const Credentials credentials_;
    http_client::Client& client_;
    std::mutex asking_;         // held while a token is got, by all who wait; guards endpoint_
    std::string endpoint_;      // that the cloud named
    mutable std::mutex mutex_;  // guards all below
    std::string bearer_;
    Clock::time_point due_{}, end_{};
};

}  // namespace ajour::drogue_access

// SPDX-License-Identifier: Apache-2.0
// Who we are to a Drogue Cloud's HTTP interfaces: a user with an access token of his, or a client
// of its OpenID provider, whose tokens end and are got anew.
#pragma once

#include <ajour/sdk/result.hpp>

#include "http_client/client.hpp"
#include "token_answer.hpp"

#include <chrono>
#include <mutex>
#include <string>

namespace ajour::drogue_access {

/// As an operator wrote them; all may be empty.
struct Credentials {
    std::string user, token;
    std::string oidc_url;  ///< the token endpoint
    std::string oidc_client, oidc_secret;

    bool is_oidc() const noexcept { return !oidc_url.empty(); }
    /// What is wrong with them, as a sentence; empty: nothing.
    std::string problem() const;
};

class Access {
public:
    using Clock = std::chrono::steady_clock;

    Access(Credentials credentials, http_client::Client& client)
        : credentials_(std::move(credentials)), client_(client) {}

    /// The header Authorization; empty: none. Asks the token endpoint when four fifths of a token's
    /// time are over; while that fails, a token goes on to its end. [worker]
    sdk::Result<std::string> authorization();

    /// The cloud refused this header. A token of the provider's is got anew. [any]
    void forget(const std::string& authorization);

private:
    sdk::Result<Token> ask() const;
    sdk::Result<std::string> bearer();

    const Credentials credentials_;
    http_client::Client& client_;
    std::mutex mutex_;  // guards all below; held while the token endpoint is asked, by all who wait
    std::string bearer_;
    Clock::time_point due_{}, end_{};
};

}  // namespace ajour::drogue_access

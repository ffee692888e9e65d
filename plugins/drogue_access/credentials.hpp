// SPDX-License-Identifier: Apache-2.0
// Who we are to a Drogue Cloud, and what we show for it.
#pragma once

#include <functional>
#include <string>

namespace ajour::drogue_access {

/// As an operator wrote them; all may be empty.
struct Credentials {
    std::string user, token;
    std::string oidc_url;  ///< the token endpoint; empty: the one that the cloud names
    std::string oidc_client, oidc_secret;
    /// The user's token as it is now; null: it never changes. [any]
    std::function<std::string()> read_token;
    /// The cloud's API, without a slash at its end, which is asked for the token endpoint.
    std::string api;

    bool is_oidc() const noexcept { return !oidc_client.empty(); }
    /// What is wrong with them, as a sentence; empty: nothing. Without `plain` the URLs that they
    /// are shown to are not http://.
    std::string problem(bool plain) const;
};

/// A user and his token, a token of the provider's alone, or nothing.
struct Proof {
    std::string user, token;

    bool is_bearer() const noexcept { return user.empty() && !token.empty(); }
    /// The header Authorization; empty: none.
    std::string header() const;

    friend bool operator==(const Proof&, const Proof&) = default;
};

}  // namespace ajour::drogue_access

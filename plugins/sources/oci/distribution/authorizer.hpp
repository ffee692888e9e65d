// SPDX-License-Identifier: Apache-2.0
// Gets, and keeps, what one OCI registry wants to see: Basic, or a token of its token server
// (distribution's token and OAuth2 documents).
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "distribution/challenge.hpp"
#include "distribution/credentials.hpp"
#include "distribution/token_answer.hpp"
#include "http_client/client.hpp"
#include "memory.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

namespace ajour::oci {

class Authorizer {
public:
    struct Bounds {
        bool plain = false;  ///< whether a token server may be asked by http://
        std::size_t tokens_max = 1000;
    };

    Authorizer(Credentials credentials, http_client::Client& client, Bounds bounds,
               sdk::Metric& tokens);

    /// The Authorization header to begin with; "" while nothing is known to be wanted. [worker]
    sdk::Result<std::string> known(const std::string& repository);

    /// The one that answers the challenges of a 401, after `shown` was not enough. Refused: there
    /// is none, or it was rejected; a login that is rejected never becomes an anonymous try.
    /// Unavailable: the token server gave none, and `asked` is how long it wants to be left alone,
    /// if it said so. [worker]
    sdk::Result<std::string> answer(const std::vector<Challenge>& challenges,
                                    const std::string& repository, const std::string& shown,
                                    std::chrono::seconds& asked);

private:
    struct Token {
        std::string header;
        std::chrono::steady_clock::time_point good_until;
        Login login;  ///< by which it was got: another one does not get it
    };

    sdk::Result<std::string> new_token(const Challenge& challenge, const std::string& repository,
                                       const Login& login, std::chrono::seconds& asked);
    sdk::Result<TokenAnswer> ask_token_server(const Challenge& challenge,
                                              const std::string& repository, const Login& login,
                                              std::chrono::seconds& asked);
    sdk::Result<http_client::Response> exchange_identity(const std::string& realm,
                                                         const std::string& service,
                                                         const std::string& scope,
                                                         const Login& login);

    const Credentials credentials_;
    http_client::Client& client_;
    const Bounds bounds_;
    Memory<Token> tokens_;
    std::atomic<bool> basic_{false};  ///< the OCI registry asked for Basic
};

}  // namespace ajour::oci

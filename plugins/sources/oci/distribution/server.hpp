// SPDX-License-Identifier: Apache-2.0
// One OCI registry as a server: requests with what it wants to see, and left alone when it asks for
// it.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "distribution/authorizer.hpp"
#include "distribution/rests.hpp"
#include "http_client/client.hpp"
#include "metrics.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace ajour::oci {

struct ServerOptions {
    std::string host;  ///< of the prefix
    http_client::Options http;
    CredentialSettings credentials;
    std::size_t tokens_max = 1000;
    std::size_t repositories_max = 10'000;  ///< whose failures are remembered
};

class Server {
public:
    Server(ServerOptions options, sdk::Host& host, Metrics& metrics);

    /// Asks for a path such as "/v2/acme/fw/manifests/1", for a repository, by which tokens are
    /// kept. Authenticates when it has to, once. Unavailable: either rests, did not answer, or
    /// answered 429 or 5xx; Refused: it wants other credentials. All else is an answer. [worker]
    sdk::Result<http_client::Response> send(http_client::Request request, const std::string& path,
                                            const std::string& repository);

    /// The same for a GET whose body goes to `sink` (http_client::Client::download). [worker]
    sdk::Result<http_client::Response> download(http_client::Request request,
                                                const std::string& path,
                                                const std::string& repository, sdk::ByteSink& sink);

    /// Whether a repository of it is left alone now, how long, and why. [any]
    std::optional<BackOff::Rest> rest(const std::string& repository);

    /// Something was pushed to a repository. [any]
    void wake(const std::string& repository);

    /// "https://host:port". [any]
    const std::string& origin() const noexcept { return origin_; }

    /// Ends what is under way. [any]
    void stop() noexcept { client_.stop(); }

private:
    using Exchange = std::function<sdk::Result<http_client::Response>(const http_client::Request&)>;

    sdk::Result<http_client::Response> converse(http_client::Request request,
                                                const std::string& path,
                                                const std::string& repository,
                                                const Exchange& exchange);
    sdk::Result<http_client::Response> once(const http_client::Request& request,
                                            const std::string& repository,
                                            const Exchange& exchange);
    void fail(const std::string& repository, const Rests::Failure& failure);
    void show_warnings(const http_client::Response& response);

    const std::string origin_;
    sdk::Host& host_;
    Metrics& metrics_;
    http_client::Client client_;
    Authorizer authorizer_;
    std::mutex mutex_;  // guards all below
    Rests rests_;
    std::set<std::string> warnings_;  ///< that were logged
};

}  // namespace ajour::oci

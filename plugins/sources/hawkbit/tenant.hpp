// SPDX-License-Identifier: Apache-2.0
// Requests to one tenant of a hawkBit: with its token, below its rate limits, and none for a while
// after it did not answer. Knows no bodies.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "controller.hpp"
#include "http_client/client.hpp"
#include "http_client/message.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "reaction.hpp"
#include "token_bucket.hpp"

#include <mutex>
#include <string>

namespace ajour::hawkbit {

/// Thread-safe.
class Tenant {
public:
    Tenant(const Connection& connection, const Options& options, Metrics& metrics);

    const std::string& name() const noexcept { return connection_.name; }

    /// Whether a conversation that reads, or one that writes, may be begun.
    bool may_read(Instant now);
    bool may_write(Instant now);
    /// Takes the request that `poll` makes, if one may be begun: of several who ask, as many as
    /// may.
    bool begin_poll(Instant now);
    /// Why none may for now; empty: it is only busy, or nothing is wrong.
    std::string problem();
    /// What an answer says that refuses the token.
    sdk::Error refusal(const http_client::Response& answer) const;

    /// Asks after a controller, after `begin_poll`.
    sdk::Result<http_client::Response> poll(const std::string& controller, const std::string& etag);
    /// `path` is below the controller's, as "deploymentBase/7?c=1".
    sdk::Result<http_client::Response> get(const std::string& controller, const std::string& path);
    sdk::Result<http_client::Response> put(const std::string& controller, const std::string& path,
                                           std::string body);
    sdk::Result<http_client::Response> post(const std::string& controller, const std::string& path,
                                            std::string body);

    /// A link to an artifact, wherever it leads; the token goes along to hawkBit only.
    sdk::Result<http_client::Response> download(const std::string& url, const std::string& etag,
                                                std::uint64_t from, sdk::ByteSink& sink);
    /// Whether a link leads to hawkBit itself.
    bool owns(const std::string& url) const;

    void stop() noexcept { client_.stop(); }

private:
    http_client::Request request(const std::string& method, const std::string& controller,
                                 const std::string& path) const;
    sdk::Result<http_client::Response> send(const http_client::Request& request,
                                            TokenBucket& bucket);
    sdk::Result<http_client::Response> send(const http_client::Request& request);
    void judge(const sdk::Result<http_client::Response>& answer);
    void pause(std::chrono::seconds wanted, std::string problem, unsigned patience = 0);

    const Connection connection_;
    Metrics& metrics_;
    http_client::Client client_;
    std::mutex mutex_;  // guards all below
    TokenBucket reads_, writes_;
    Instant paused_until_{};
    unsigned failures_ = 0;
    std::string problem_;
};

}  // namespace ajour::hawkbit

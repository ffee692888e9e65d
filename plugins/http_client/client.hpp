// SPDX-License-Identifier: Apache-2.0
// HTTP(S) requests to the servers that sources, registries and builders speak with. The door to
// libcurl. Knows no server's protocol; never retries.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include "message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace ajour::http_client {

class Body;
class Channels;
class Watch;

/// How servers are reached and trusted; one Client has one of these.
struct Options {
    std::string ca_file;           ///< PEM; empty: the system's certificates
    std::string certificate, key;  ///< PEM files shown to the server; empty: none
    bool verify = true;            ///< false: any certificate will do
    bool plain = false;            ///< whether http:// is spoken too, besides https://
    std::string proxy;             ///< "http://host:port"; empty: none, whatever the environment
                                   ///< says
    std::string user_agent = "ajour";
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{60'000};  ///< of a whole request that `send` makes
    std::chrono::seconds stall{30};   ///< a download that brings less than 1 KiB in this time ends
    std::size_t body_max = 4U << 20;  ///< bytes of an answer that is kept in memory
    std::size_t headers_max = 64U << 10;  ///< bytes of an answer's headers
    int redirects_max = 5;
    std::size_t idle_connections_max = 8;
};

/// May be used by many threads at once; a connection is kept for the next request to its origin.
class Client {
public:
    explicit Client(Options options);
    ~Client();  ///< when no request is under way
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// One request and its whole answer, whatever its status. Redirects of GET and HEAD are
    /// followed, never from https to http, and `authorization` stays with the origin of the
    /// request's URL, as does the client's certificate. Unavailable: no answer; Timeout; Refused: a
    /// URL, certificate or redirect that is not allowed; Full: an answer over its bound; Malformed:
    /// no HTTP. The text names method, origin and path, never a query, a header or a body. [any]
    sdk::Result<Response> send(const Request& request);

    /// The same for a GET whose body goes to `sink` when the status is 200, or 206 for a request
    /// with `from` > 0; any other answer's body is in the response, cut at a few KiB, and nothing
    /// was written. Mismatch: `from` > 0 and the server sent something else than the rest from
    /// there, 416 among it. An error of the sink is returned as it is. Unavailable and Timeout may
    /// leave the sink with a good beginning, to be continued with a larger `from`. [any]
    sdk::Result<Response> download(const Request& request, sdk::ByteSink& sink);

    /// Ends requests that are under way, and refuses new ones, with Unavailable. [any]
    void stop() noexcept;

private:
    struct Journey;
    sdk::Result<Response> ask(const Request& request, Body& body, Watch watch);

    const Options options_;
    const std::unique_ptr<Channels> channels_;
};

}  // namespace ajour::http_client

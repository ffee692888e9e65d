// SPDX-License-Identifier: Apache-2.0
// An HTTP/1.1 server on a free port of 127.0.0.1 that does what a test says, also what no server
// should: cut, stall, drip, send garbage, never end.
//
//     ScriptedHttpServer server([](HttpTurn& turn) {
//         if (turn.request.path() == "/blob") return turn.answer(200, "bytes");
//         turn.answer(404);
//     });
//     client.send({.url = server.url("/blob")});
//     EXPECT_EQ(server.count("/blob"), 1U);
//
// The handler runs on a thread of each connection, so several at once. With Tls it speaks https
// as "localhost" (support/certificates.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ajour::support {

struct HttpRequest {
    std::string method;
    std::string target;                          ///< with the query
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    std::size_t connection = 0;  ///< which of the server's connections brought it, from 1 on

    std::string path() const { return target.substr(0, target.find('?')); }
    /// Empty when there is none.
    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

using HttpFields = std::vector<std::pair<std::string, std::string>>;

/// One request and the ways to answer it. All return at once when the client is gone.
class HttpTurn {
public:
    class Wire;
    HttpTurn(const HttpRequest& request_of, Wire& wire) : request(request_of), wire_(wire) {}

    /// A whole answer with its Content-Length; the connection goes on.
    void answer(int status, std::string_view body = {}, const HttpFields& fields = {});
    /// A head alone, for a body that follows by `write`; `fields` say how long it is.
    void begin(int status, const HttpFields& fields = {});
    /// Any bytes.
    void write(std::string_view bytes);
    /// Byte by byte.
    void drip(std::string_view bytes, std::chrono::milliseconds pause);
    /// The same bytes again and again, until the client leaves.
    void repeat(std::string_view bytes);
    /// Nothing more, until the client leaves or the server ends.
    void stall();
    /// Closes the connection, at once.
    void cut();
    /// Whether the client is still there and the server has not ended.
    bool is_open() const;

    const HttpRequest& request;

private:
    Wire& wire_;
};

using HttpHandler = std::function<void(HttpTurn&)>;

class ScriptedHttpServer {
public:
    struct Tls {
        std::string certificate, key;  ///< PEM files
        std::string client_ca;         ///< empty: no certificate is asked for
    };

    explicit ScriptedHttpServer(HttpHandler handler);
    ScriptedHttpServer(HttpHandler handler, const Tls& tls);
    ~ScriptedHttpServer();  ///< ends all connections and waits for the handlers

    std::uint16_t port() const noexcept;
    std::string origin() const;  ///< "http://127.0.0.1:port" or "https://localhost:port"
    std::string url(std::string_view target) const { return origin().append(target); }

    /// Requests whose head came in, of all connections.
    std::size_t count() const;
    std::size_t count(std::string_view path) const;
    std::vector<HttpRequest> requests() const;
    std::size_t connections() const;

private:
    class Listener;
    std::unique_ptr<Listener> listener_;
};

}  // namespace ajour::support

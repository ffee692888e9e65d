// SPDX-License-Identifier: Apache-2.0
// A small HTTP client of the admin API, for the `ajour` command line. Knows no registry words and
// no output formats: a request goes out, an answer comes back.
#pragma once

#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ajour::admin {

/// What the server said. Statuses of 400 and above are answers too, not Errors.
struct ClientResponse {
    int status = 0;
    std::string body;
    std::string location;  ///< header Location, of 201

    bool ok() const noexcept { return status >= 200 && status < 300; }
};

/// The `message` (else `error`, else the status) of a failed answer, for people.
std::string failure_text(const ClientResponse& response);

struct ClientOptions {
    std::string server = "http://127.0.0.1:8088";
    std::string token;  ///< empty: no Authorization header is sent
    std::chrono::seconds timeout{30};
    std::size_t max_body = std::size_t{256} << 20;  ///< a larger answer is an Error, never cut
};

/// One connection at a time, opened again as needed. Not thread-safe.
class Client {
public:
    /// Malformed: the URL is none of http://host[:port][/prefix].
    static sdk::Result<Client> make(ClientOptions options);

    /// `path` begins with '/', its names already passed through `path_segment`; it may carry a
    /// query. `body` is sent as application/json when not empty. Unavailable: nobody listens there;
    /// Timeout; Full: the answer is too large. Errors never contain the token.
    sdk::Result<ClientResponse> request(std::string_view method, std::string_view path,
                                        std::string_view body = {}) const;

private:
    explicit Client(ClientOptions options) : options_(std::move(options)) {}

    ClientOptions options_;
    std::string host_;
    std::string prefix_;
    std::uint16_t port_ = 0;
};

/// A name as one segment of a path: "bar/baz" gives "bar%2Fbaz".
std::string path_segment(std::string_view name);

/// The token in a file such as <state>/admin.token: its first line.
sdk::Result<std::string> read_token(const std::filesystem::path& file);

}  // namespace ajour::admin

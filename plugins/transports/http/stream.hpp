// SPDX-License-Identifier: Apache-2.0
// Bytes in and out of one non-blocking socket, plain or through TLS. Never waits; knows no HTTP.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "tls.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace ajour::http {

/// What must come to pass before a call can go on.
enum class Need : unsigned char { Nothing, Readable, Writable, Closed };

struct Transfer {
    std::size_t bytes = 0;
    Need need = Need::Nothing;  ///< Nothing when bytes moved
};

/// Uses the socket, does not own it. `tls` is null for plain bytes.
class Stream {
public:
    Stream(int socket, SslSession tls) noexcept : socket_(socket), tls_(std::move(tls)) {}

    bool is_encrypted() const noexcept { return tls_ != nullptr; }
    SSL* tls() const noexcept { return tls_.get(); }

    /// Goes on with the TLS handshake; Nothing means done.
    Need shake_hands() noexcept;

    Transfer read(std::span<char> room) noexcept;

    /// Writes what the socket takes of one text and then another.
    Transfer write(std::string_view head, sdk::ByteView body) noexcept;

    /// Whether bytes wait that the socket no longer shows.
    bool holds_back() const noexcept;

    /// TLS's goodbye, without which the peer cannot tell an end from a cut.
    void say_goodbye() noexcept;

    /// Tells the peer that nothing more comes; reading goes on by `discard`.
    void finish() noexcept;
    Transfer discard() noexcept;

private:
    int socket_;
    SslSession tls_;
};

}  // namespace ajour::http

// SPDX-License-Identifier: Apache-2.0
// One DTLS session (RFC 6347) over datagrams that others carry. Door of mbedTLS's sessions. Knows
// no socket and no clock.
#pragma once

#include "dtls_server.hpp"
#include "endpoint.hpp"
#include "peer.hpp"
#include "submission.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>

namespace ajour::coap {

struct SslFree {
    void operator()(mbedtls_ssl_context* context) const noexcept;
};

class DtlsSession {
public:
    using Time = std::chrono::milliseconds;
    enum class Handshake : unsigned char {
        Refused,  ///< the peer has to show a cookie first, or sent nonsense; nothing is kept of it
        Continues,
        Done,
        Failed,
    };

    /// Records go out by `wire`, none in more than `datagram_bytes`. Null without memory.
    static std::unique_ptr<DtlsSession> open(DtlsServer& server, Wire& wire, const Peer& peer,
                                             std::size_t datagram_bytes);

    /// Forgets all and begins anew with another peer. False without memory.
    bool restart(const Peer& peer);
    /// Whether a session that begins now would be set up in the same way.
    bool is_up_to_date() const noexcept { return config_ == server_.config(); }

    /// Goes on with the handshake, by a datagram, or by none when its time has come.
    Handshake shake_hands(sdk::ByteView datagram, Time now);
    /// When the handshake is to go on without a datagram.
    std::optional<Time> due() const noexcept;
    /// Who the handshake proved the peer to be; nothing when it showed neither key nor certificate.
    /// An Error when it showed more certificates than the host takes.
    sdk::Result<std::optional<SessionIdentity>> identity() const;

    /// Hands over a datagram; then `read` gives its messages one by one.
    void put(sdk::ByteView datagram) noexcept { arrived_ = datagram; }
    /// A message; nothing when there are no more. `is_open` tells whether the session goes on.
    std::optional<std::span<std::uint8_t>> read(std::span<std::uint8_t> room);
    bool write(sdk::ByteView message);
    bool is_open() const noexcept { return open_; }
    /// Tells the peer that the session ends.
    void say_goodbye();

    /// The whole session in some hundred bytes, from which `thaw` makes it again; empty when it
    /// cannot be done. The session itself is then of no use.
    sdk::Bytes freeze();
    bool thaw(sdk::ByteView frozen);

    DtlsSession(DtlsServer& server, Wire& wire, std::size_t datagram_bytes);

private:
    bool prepare(const Peer& peer);
    static int send(void* session, const unsigned char* bytes, std::size_t size);
    static int receive(void* session, unsigned char* room, std::size_t size);
    static void set_timer(void* session, std::uint32_t intermediate, std::uint32_t final);
    static int get_timer(void* session);

    DtlsServer& server_;
    const std::shared_ptr<const mbedtls_ssl_config> config_;  ///< outlives context_
    Wire& wire_;
    const std::size_t datagram_bytes_;
    Peer peer_;
    std::unique_ptr<mbedtls_ssl_context, SslFree> context_;
    sdk::ByteView arrived_;
    Time now_{0};
    Time intermediate_{0};
    std::optional<Time> due_;
    std::optional<sdk::DeviceId> key_owner_;
    bool open_ = true;
};

/// The identity in a ClientKeyExchange that a datagram holds in the clear, to look its key up ahead
/// (RFC 4279 section 2); empty when there is none.
std::string_view offered_identity(sdk::ByteView datagram) noexcept;

/// The place of a ClientHello among its sender's messages, from 0; nothing when the datagram is
/// something else.
std::optional<std::size_t> hello_number(sdk::ByteView datagram) noexcept;

}  // namespace ajour::coap

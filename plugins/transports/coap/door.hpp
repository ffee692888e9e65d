// SPDX-License-Identifier: Apache-2.0
// A socket and the endpoint behind it, with or without DTLS between them.
#pragma once

#include "dtls_sessions.hpp"
#include "endpoint.hpp"
#include "udp_socket.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace ajour::coap {

class Door {
public:
    using Time = std::chrono::milliseconds;

    /// What all doors of a transport share; outlives them.
    struct Service {
        const Limits& limits;          ///< of one thread
        const Limits& secured_limits;  ///< of one thread, for what goes by DTLS
        const SessionLimits& session_limits;
        Metrics& metrics;
        sdk::Inbox& inbox;
        sdk::Host& host;
    };

    explicit Door(UdpSocket socket) : socket_(std::move(socket)) {}
    virtual ~Door() = default;

    const UdpSocket& socket() const noexcept { return socket_; }

    /// Reads some datagrams, so that what is due is not held up by a flood.
    void read(std::span<std::uint8_t> room, Time now);

    virtual void advance(Time now) = 0;
    virtual std::optional<Time> next_due() const noexcept = 0;
    /// Whether the host has yet to answer somebody.
    virtual bool owes_answers() const noexcept = 0;

protected:
    virtual void take(const UdpSocket::Received& received, std::span<std::uint8_t> datagram,
                      Time now) = 0;

    UdpSocket socket_;
};

/// `wake` makes the door's thread call `advance` soon.
std::unique_ptr<Door> make_plain_door(const Door::Service& service, UdpSocket socket,
                                      std::function<void()> wake);
std::unique_ptr<Door> make_secured_door(const Door::Service& service, UdpSocket socket,
                                        std::unique_ptr<DtlsServer> server,
                                        std::function<void()> wake);

}  // namespace ajour::coap

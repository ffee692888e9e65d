// SPDX-License-Identifier: Apache-2.0
// A UDP socket that never waits. Knows no CoAP.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include "endpoint.hpp"
#include "peer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace ajour::coap {

/// Owns a file descriptor.
class Descriptor {
public:
    explicit Descriptor(int value = -1) noexcept : value_(value) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int get() const noexcept { return value_; }

private:
    int value_;
};

class UdpSocket final : public Wire {
public:
    struct Address {
        std::string ip;
        std::uint16_t port = 0;
        bool is_shared = false;        ///< several sockets take turns at one port
        std::size_t buffer_bytes = 0;  ///< asked for; the system may give less
    };
    /// Binds, so that an address in use shows at once. "::" takes IPv4 as well.
    static sdk::Result<UdpSocket> open(const Address& address, sdk::Metric& failures);

    int descriptor() const noexcept { return descriptor_.get(); }
    std::uint16_t port() const noexcept { return port_; }
    /// What the system gave for datagrams that wait.
    std::size_t buffer_bytes() const noexcept;

    void send(const Peer& peer, sdk::ByteView datagram) noexcept override;

private:
    UdpSocket(Descriptor descriptor, sa_family_t family, std::uint16_t port,
              sdk::Metric& failures) noexcept
        : descriptor_(std::move(descriptor)), family_(family), port_(port), failures_(&failures) {}

    Descriptor descriptor_;
    sa_family_t family_;
    std::uint16_t port_;
    sdk::Metric* failures_;
};

bool is_ip_address(const std::string& text) noexcept;

/// "127.0.0.1:5683", "[::1]:5683".
std::string address_text(const std::string& ip, std::uint16_t port);

}  // namespace ajour::coap

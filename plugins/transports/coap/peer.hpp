// SPDX-License-Identifier: Apache-2.0
// Who sent a datagram: address and port, IPv4 as IPv6 has it (::ffff:192.0.2.1). Pure.
#pragma once

#include "sip_hash.hpp"

#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace ajour::coap {

struct Peer {
    std::array<std::uint8_t, 16> address{};
    std::uint32_t scope = 0;    ///< of a link-local address
    std::uint32_t session = 0;  ///< number of its secured session: who comes after is another peer
    std::uint16_t port = 0;

    friend bool operator==(const Peer&, const Peer&) = default;

    bool is_ipv4() const noexcept;
    void add_to(SipHash& hash) const noexcept {
        hash.add(address).add(std::uint64_t{scope} << 32 | session).add(std::uint64_t{port});
    }
};

Peer peer_of(const sockaddr_storage& address) noexcept;

/// The address for a socket of that family. Returns its length.
socklen_t address_of(const Peer& peer, sa_family_t family, sockaddr_storage& address) noexcept;

/// Hash for tables of peers.
struct PeerHash {
    SipKey key;
    std::size_t operator()(const Peer& peer) const noexcept {
        SipHash hash(key);
        peer.add_to(hash);
        return hash.finish();
    }
};

/// A peer's address as text, without its port.
class PeerText {
public:
    explicit PeerText(const Peer& peer) noexcept;
    std::string_view view() const noexcept { return {text_.data(), size_}; }

private:
    std::array<char, INET6_ADDRSTRLEN> text_{};
    std::size_t size_ = 0;
};

}  // namespace ajour::coap

// SPDX-License-Identifier: Apache-2.0
#include "peer.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace ajour::coap {
namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

bool Peer::is_ipv4() const noexcept {
    return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), address.begin());
}

Peer peer_of(const sockaddr_storage& address) noexcept {
    Peer peer;
    if (address.ss_family == AF_INET) {
        const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(address);
        std::ranges::copy(ipv4_prefix, peer.address.begin());
        std::memcpy(peer.address.data() + ipv4_prefix.size(), &ipv4.sin_addr, 4);
        peer.port = ntohs(ipv4.sin_port);
        return peer;
    }
    const auto& ipv6 = reinterpret_cast<const sockaddr_in6&>(address);
    std::memcpy(peer.address.data(), &ipv6.sin6_addr, 16);
    peer.scope = ipv6.sin6_scope_id;
    peer.port = ntohs(ipv6.sin6_port);
    return peer;
}

socklen_t address_of(const Peer& peer, sa_family_t family, sockaddr_storage& address) noexcept {
    address = {};
    address.ss_family = family;
    if (family == AF_INET) {
        auto& ipv4 = reinterpret_cast<sockaddr_in&>(address);
        std::memcpy(&ipv4.sin_addr, peer.address.data() + ipv4_prefix.size(), 4);
        ipv4.sin_port = htons(peer.port);
        return sizeof ipv4;
    }
    auto& ipv6 = reinterpret_cast<sockaddr_in6&>(address);
    std::memcpy(&ipv6.sin6_addr, peer.address.data(), 16);
    ipv6.sin6_scope_id = peer.scope;
    ipv6.sin6_port = htons(peer.port);
    return sizeof ipv6;
}

PeerText::PeerText(const Peer& peer) noexcept {
    if (!peer.is_ipv4()) {
        ::inet_ntop(AF_INET6, peer.address.data(), text_.data(), INET6_ADDRSTRLEN);
        size_ = std::strlen(text_.data());
        return;
    }
    char* at = text_.data();
    for (std::size_t i = ipv4_prefix.size(); i < peer.address.size(); ++i) {
        if (i > ipv4_prefix.size()) *at++ = '.';
        at = std::to_chars(at, text_.data() + text_.size(), peer.address[i]).ptr;
    }
    size_ = static_cast<std::size_t>(at - text_.data());
}

}  // namespace ajour::coap

// SPDX-License-Identifier: Apache-2.0
#include "udp_socket.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace ajour::coap {
namespace {

sdk::Result<sockaddr_storage> parse(const UdpSocket::Address& wanted) {
    sockaddr_storage address{};
    auto& ipv4 = reinterpret_cast<sockaddr_in&>(address);
    auto& ipv6 = reinterpret_cast<sockaddr_in6&>(address);
    if (::inet_pton(AF_INET, wanted.ip.c_str(), &ipv4.sin_addr) == 1) {
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(wanted.port);
        return address;
    }
    if (::inet_pton(AF_INET6, wanted.ip.c_str(), &ipv6.sin6_addr) == 1) {
        ipv6.sin6_family = AF_INET6;
        ipv6.sin6_port = htons(wanted.port);
        return address;
    }
    return sdk::Error{sdk::ErrorKind::Malformed,
                      "the address to listen on is '" + wanted.ip + "', expected an IP address"};
}

void set(int socket, int level, int option, int value) noexcept {
    ::setsockopt(socket, level, option, &value, sizeof value);
}

/// Beyond the system's own bound if we may, else up to it.
void set_buffer(int socket, std::size_t bytes) noexcept {
    const auto most = static_cast<std::size_t>(std::numeric_limits<int>::max() / 2);
    const int value = static_cast<int>(std::min(bytes, most));
    if (::setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &value, sizeof value) != 0) {
        set(socket, SOL_SOCKET, SO_RCVBUF, value);
    }
}

std::uint16_t bound_port(int socket) noexcept {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    return peer_of(address).port;
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
}

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

sdk::Result<UdpSocket> UdpSocket::open(const Address& wanted, sdk::Metric& failures) {
    const auto address = parse(wanted);
    if (!address) return address.error();
    const auto family = address->ss_family;
    Descriptor descriptor(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int socket = descriptor.get();
    if (socket >= 0 && family == AF_INET6) set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    if (socket >= 0 && wanted.is_shared) set(socket, SOL_SOCKET, SO_REUSEPORT, 1);
    if (socket >= 0) set_buffer(socket, wanted.buffer_bytes);
    const auto* generic = reinterpret_cast<const sockaddr*>(&*address);
    const socklen_t length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (socket < 0 || ::bind(socket, generic, length) != 0) {
        return sdk::Error{
            sdk::ErrorKind::Unavailable,
            "listening on " + address_text(wanted.ip, wanted.port) + ": " + std::strerror(errno)};
    }
    return UdpSocket(std::move(descriptor), family, bound_port(socket), failures);
}

std::size_t UdpSocket::buffer_bytes() const noexcept {
    int value = 0;
    socklen_t length = sizeof value;
    ::getsockopt(descriptor(), SOL_SOCKET, SO_RCVBUF, &value, &length);
    return static_cast<std::size_t>(value) / 2;  // Linux counts its own bookkeeping as well.
}

void UdpSocket::send(const Peer& peer, sdk::ByteView datagram) noexcept {
    sockaddr_storage address;
    const auto length = address_of(peer, family_, address);
    const auto sent = ::sendto(descriptor(), datagram.data(), datagram.size(), MSG_DONTWAIT,
                               reinterpret_cast<const sockaddr*>(&address), length);
    if (sent < 0) failures_->add();
}

bool is_ip_address(const std::string& text) noexcept {
    in6_addr room{};
    return ::inet_pton(AF_INET, text.c_str(), &room) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

std::string address_text(const std::string& ip, std::uint16_t port) {
    const bool is_ipv6 = ip.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + ip + "]" : ip) + ":" + std::to_string(port);
}

}  // namespace ajour::coap

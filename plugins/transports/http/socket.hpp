// SPDX-License-Identifier: Apache-2.0
// An accepted socket on its way to its connection, the address it came from, and its place among
// all.
#pragma once

#include "places.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace ajour::http {

/// Owns a descriptor.
class Socket {
public:
    explicit Socket(int descriptor) noexcept : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(other.release()) {}
    Socket& operator=(Socket&&) = delete;
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    int get() const noexcept { return descriptor_; }
    int release() noexcept { return std::exchange(descriptor_, -1); }

private:
    int descriptor_;
};

/// The address in the form in which places are counted.
inline sender::Address address_of(const sockaddr_storage& address) noexcept {
    sender::Address bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address.ss_family == AF_INET) {
        std::memcpy(&bytes[12], &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
    } else {
        std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
    }
    return bytes;
}

/// An IP address as text, without its port; IPv4 looks the same through an IPv6
/// socket.
class Peer {
public:
    explicit Peer(const sockaddr_storage& address) noexcept {
        constexpr std::string_view mapped = "::ffff:";
        const void* bytes = nullptr;
        if (address.ss_family == AF_INET) {
            bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
        } else {
            bytes = &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
        }
        ::inet_ntop(address.ss_family, bytes, text_.data(), INET6_ADDRSTRLEN);
        const std::string_view whole = text_.data();
        if (whole.starts_with(mapped) && whole.find('.') != std::string_view::npos) {
            start_ = mapped.size();
        }
    }

    std::string_view text() const noexcept { return text_.data() + start_; }

private:
    std::array<char, INET6_ADDRSTRLEN> text_{};
    std::size_t start_ = 0;
};

struct Arrival {
    Socket socket;
    Peer peer;
    Place place;
};

}  // namespace ajour::http

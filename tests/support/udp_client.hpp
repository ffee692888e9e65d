// SPDX-License-Identifier: Apache-2.0
// A UDP socket that talks to one port of 127.0.0.1, with a deadline on everything.
#pragma once

#include "support/coap_message.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ajour::support {

class UdpClient {
public:
    using milliseconds = std::chrono::milliseconds;

    /// `own`: the address that it comes from.
    explicit UdpClient(std::uint16_t port, const char* own = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, own, &address.sin_addr);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error(std::string("cannot come from ") + own);
        }
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("no UDP socket");
        }
    }
    UdpClient(const UdpClient&) = delete;
    UdpClient& operator=(const UdpClient&) = delete;
    ~UdpClient() { ::close(socket_); }

    void send(std::string_view datagram) const {
        (void)!::send(socket_, datagram.data(), datagram.size(), 0);
    }
    /// Nothing when none comes in time, or nobody listens there.
    std::optional<std::string> receive(milliseconds wait = milliseconds(60'000)) const {
        pollfd ready{socket_, POLLIN, 0};
        if (::poll(&ready, 1, static_cast<int>(wait.count())) <= 0) return std::nullopt;
        std::string datagram(65536, '\0');
        const auto size = ::recv(socket_, datagram.data(), datagram.size(), MSG_DONTWAIT);
        if (size < 0) return std::nullopt;
        datagram.resize(static_cast<std::size_t>(size));
        return datagram;
    }

    void send(const CoapMessage& message) const { send(encode(message)); }
    std::optional<CoapMessage> answer(milliseconds wait = milliseconds(60'000)) const {
        const auto datagram = receive(wait);
        return datagram ? decode(*datagram) : std::nullopt;
    }
    std::optional<CoapMessage> ask(const CoapMessage& message,
                                   milliseconds wait = milliseconds(60'000)) const {
        send(message);
        return answer(wait);
    }

private:
    int socket_;
};

}  // namespace ajour::support

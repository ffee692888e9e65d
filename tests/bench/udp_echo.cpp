// SPDX-License-Identifier: Apache-2.0
// udp_echo [--port N] [--size N]: the least that a UDP server can do. Answers each datagram with
// one of --size bytes that begins as the datagram did, with recvfrom and sendto. The measure for
// the CoAP transport.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

constexpr int buffer_bytes = 4 << 20;
constexpr std::size_t header_bytes = 16;

/// The number behind a flag, or its default.
long number(int count, char** words, std::string_view flag, long otherwise) {
    for (int i = 1; i + 1 < count; ++i) {
        if (words[i] == flag) return std::strtol(words[i + 1], nullptr, 10);
    }
    return otherwise;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int open_socket(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &buffer_bytes, sizeof buffer_bytes);
    auto address = loopback(port);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket, generic, length) != 0) return -1;
    ::getsockname(socket, generic, &length);
    std::printf("listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return socket;
}

void serve(int socket, std::size_t size) {
    std::array<std::uint8_t, 2048> datagram{};
    std::vector<std::uint8_t> answer(size);
    for (;;) {
        sockaddr_storage from;
        socklen_t length = sizeof from;
        auto* generic = reinterpret_cast<sockaddr*>(&from);
        const auto got = ::recvfrom(socket, datagram.data(), datagram.size(), 0, generic, &length);
        if (got <= 0) continue;
        std::copy_n(datagram.begin(), std::min(size, header_bytes), answer.begin());
        (void)!::sendto(socket, answer.data(), answer.size(), 0, generic, length);
    }
}

}  // namespace

int main(int count, char** words) {
    const auto port = static_cast<std::uint16_t>(number(count, words, "--port", 0));
    const int socket = open_socket(port);
    if (socket < 0) return 1;
    serve(socket, static_cast<std::size_t>(number(count, words, "--size", 571)));
}

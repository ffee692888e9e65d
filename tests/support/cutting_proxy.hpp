// SPDX-License-Identifier: Apache-2.0
// A TCP proxy on a free port of 127.0.0.1 that ends a connection whose client says a certain text.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace ajour::support {

/// Serves one connection after the other.
class CuttingProxy {
public:
    CuttingProxy(std::uint16_t target, std::string text)
        : target_(target), text_(std::move(text)), listener_(make_socket()) {
        auto address = loopback(0);
        socklen_t length = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, any, length) != 0 || ::listen(listener_, 10) != 0 ||
            ::getsockname(listener_, any, &length) != 0) {
            throw std::runtime_error("the proxy has no port");
        }
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;
    ~CuttingProxy() {
        ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }

    std::uint16_t port = 0;

private:
    static int make_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }

    void run() const {
        while (!ending_) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0) return;
            const int server = make_socket();
            const auto address = loopback(target_);
            if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                0) {
                while (!ending_ && carry(client, server)) {
                }
            }
            ::close(client);
            ::close(server);
        }
    }

    /// What one side says to the other; false: it is over.
    bool carry(int client, int server) const {
        pollfd polled[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        ::poll(polled, 2, 50);
        return (polled[0].revents == 0 || pass(client, server, true)) &&
               (polled[1].revents == 0 || pass(server, client, false));
    }
    bool pass(int from, int to, bool is_of_client) const {
        char bytes[65536];
        const auto count = ::recv(from, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        const std::string_view said(bytes, static_cast<std::size_t>(count));
        if (is_of_client && said.find(text_) != std::string_view::npos) return false;
        return ::send(to, bytes, said.size(), MSG_NOSIGNAL) == count;
    }

    const std::uint16_t target_;
    const std::string text_;
    const int listener_;
    std::atomic<bool> ending_{false};
    std::thread thread_;
};

}  // namespace ajour::support

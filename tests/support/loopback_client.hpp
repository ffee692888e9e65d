// SPDX-License-Identifier: Apache-2.0
// A raw TCP client of 127.0.0.1 with a deadline on everything, and just enough HTTP to tell answers
// apart.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace ajour::support {

class LoopbackClient {
public:
    using milliseconds = std::chrono::milliseconds;

    /// `own`: the address that it comes from, as "127.0.0.2"; nothing: whatever
    /// the system takes.
    explicit LoopbackClient(std::uint16_t port, const char* own = nullptr)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (own != nullptr) come_from(own);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const auto* generic = reinterpret_cast<const sockaddr*>(&address);
        if (socket_ < 0 || ::connect(socket_, generic, sizeof address) != 0) {
            throw std::runtime_error("cannot connect to port " + std::to_string(port));
        }
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    LoopbackClient(LoopbackClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), held_(std::move(other.held_)) {}
    LoopbackClient& operator=(LoopbackClient&&) = delete;
    ~LoopbackClient() { close(); }

    int socket() const noexcept { return socket_; }

    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

    /// Whether all was taken; false when the peer is gone or takes nothing for a minute.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            if (!is_ready(POLLOUT, milliseconds(60'000))) return false;
            const auto sent =
                ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// One answer, whole, by its Content-Length; what there is of it when the peer closes or time
    /// is up.
    std::string answer(milliseconds wait = milliseconds(60'000)) {
        const auto deadline = std::chrono::steady_clock::now() + wait;
        while (answer_end() > held_.size() && receive(deadline)) {
        }
        const auto size = std::min(answer_end(), held_.size());
        auto answer = held_.substr(0, size);
        held_.erase(0, size);
        return answer;
    }

    /// Whether the peer closes within the time. What it sends before is dropped.
    bool is_closed(milliseconds wait = milliseconds(60'000)) {
        const auto deadline = std::chrono::steady_clock::now() + wait;
        while (receive(deadline)) held_.clear();
        return closed_;
    }

private:
    void come_from(const char* own) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, own, &address.sin_addr);
        const auto* generic = reinterpret_cast<const sockaddr*>(&address);
        if (::bind(socket_, generic, sizeof address) != 0) {
            throw std::runtime_error(std::string("cannot come from ") + own);
        }
    }

    bool is_ready(short events, milliseconds wait) const {
        pollfd ready{socket_, events, 0};
        return ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(0, wait.count()))) > 0;
    }

    bool receive(std::chrono::steady_clock::time_point deadline) {
        const auto left =
            std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
        if (!is_ready(POLLIN, left)) return false;
        static thread_local char buffer[262144];
        const auto received = ::recv(socket_, buffer, sizeof buffer, 0);
        closed_ = received <= 0;
        if (received > 0) held_.append(buffer, static_cast<std::size_t>(received));
        return !closed_;
    }

    /// Where the first answer in what is held will end; npos as long as its header has not come.
    std::size_t answer_end() const {
        const auto header = held_.find("\r\n\r\n");
        if (header == std::string::npos) return header;
        const auto field = held_.find("Content-Length: ");
        return header + 4 + (field < header ? std::stoul(held_.substr(field + 16)) : 0);
    }

    int socket_;
    bool closed_ = false;
    std::string held_;
};

/// "HTTP/1.1 403 Forbidden..." to 403; 0 for anything else.
inline int status_of(std::string_view answer) {
    if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
    return std::stoi(std::string(answer.substr(9, 3)));
}

/// What follows an answer's header.
inline std::string_view body_of(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string_view() : answer.substr(end + 4);
}

}  // namespace ajour::support

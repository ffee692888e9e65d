// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_http_wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <thread>
#include <utility>

namespace ajour::support {
namespace {

constexpr int nap_ms = 20;
constexpr std::size_t request_max = 64U << 20;
constexpr long again = -1, gone = -2;

void lower(std::string& text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

HttpRequest read_head(const std::string& head) {
    HttpRequest request;
    std::istringstream lines(head);
    std::string line;
    std::getline(lines, line);
    std::istringstream(line) >> request.method >> request.target;
    while (std::getline(lines, line)) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        auto name = line.substr(0, colon);
        lower(name);
        const auto first = std::min(line.find_first_not_of(' ', colon + 1), line.size());
        auto value = line.substr(first);
        if (value.ends_with('\r')) value.pop_back();
        request.headers[std::move(name)] = std::move(value);
    }
    return request;
}

std::size_t body_size(const HttpRequest& request) {
    const auto length = request.header("content-length");
    return length.empty() ? 0 : std::min(std::stoul(length), request_max);
}

}  // namespace

HttpTurn::Wire::Wire(int socket, SSL_CTX* tls, const std::atomic<bool>& ending)
    : socket_(socket), ending_(ending) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    if (tls != nullptr) greet(tls);
}

HttpTurn::Wire::~Wire() {
    close();
}

void HttpTurn::Wire::greet(SSL_CTX* tls) {
    ssl_ = SSL_new(tls);
    SSL_set_fd(ssl_, socket_);
    while (is_open()) {
        const auto result = SSL_accept(ssl_);
        if (result == 1) return;
        const auto fault = SSL_get_error(ssl_, result);
        if (fault != SSL_ERROR_WANT_READ && fault != SSL_ERROR_WANT_WRITE) return close();
        is_ready(fault == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT);
    }
}

bool HttpTurn::Wire::is_ready(short events) {
    pollfd ready{socket_, events, 0};
    return ::poll(&ready, 1, nap_ms) > 0;
}

long HttpTurn::Wire::attempt_read(char* buffer, std::size_t size) {
    if (ssl_ != nullptr) {
        const auto got = SSL_read(ssl_, buffer, static_cast<int>(size));
        if (got > 0) return got;
        const auto fault = SSL_get_error(ssl_, got);
        return fault == SSL_ERROR_WANT_READ || fault == SSL_ERROR_WANT_WRITE ? again : gone;
    }
    const auto got = ::recv(socket_, buffer, size, 0);
    if (got > 0) return got;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? again : gone;
}

long HttpTurn::Wire::attempt_write(std::string_view bytes) {
    if (ssl_ != nullptr) {
        const auto sent = SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
        if (sent > 0) return sent;
        const auto fault = SSL_get_error(ssl_, sent);
        return fault == SSL_ERROR_WANT_READ || fault == SSL_ERROR_WANT_WRITE ? again : gone;
    }
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    return errno == EAGAIN || errno == EINTR ? again : gone;
}

bool HttpTurn::Wire::receive() {
    char buffer[16384];
    const auto got = attempt_read(buffer, sizeof buffer);
    if (got == gone) return close(), false;
    if (got == again) return is_ready(POLLIN), true;
    held_.append(buffer, static_cast<std::size_t>(got));
    return true;
}

bool HttpTurn::Wire::fill_until(std::size_t size) {
    while (held_.size() < size && is_open() && receive()) {
    }
    return held_.size() >= size;
}

std::optional<HttpRequest> HttpTurn::Wire::next() {
    auto end = held_.find("\r\n\r\n");
    while (end == std::string::npos && held_.size() < request_max && is_open() && receive()) {
        end = held_.find("\r\n\r\n");
    }
    if (end == std::string::npos) return std::nullopt;
    auto asked = read_head(held_.substr(0, end));
    const auto size = body_size(asked);
    if (!fill_until(end + 4 + size)) return std::nullopt;
    asked.body = held_.substr(end + 4, size);
    held_.erase(0, end + 4 + size);
    return asked;
}

void HttpTurn::Wire::write(std::string_view bytes) {
    while (!bytes.empty() && is_open()) {
        const auto part = bytes.substr(0, 65536);
        const auto sent = attempt_write(part);
        if (sent == gone) return close();
        if (sent == again) {
            is_ready(POLLOUT);
        } else {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
}

void HttpTurn::Wire::pause(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (is_open() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::min(time, std::chrono::milliseconds(nap_ms)));
    }
}

bool HttpTurn::Wire::is_open() {
    if (socket_ < 0 || ending_) return false;
    char byte = 0;
    const auto peeked = ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return peeked > 0 || (peeked < 0 && (errno == EAGAIN || errno == EINTR));
}

void HttpTurn::Wire::close() {
    if (ssl_ != nullptr) SSL_free(std::exchange(ssl_, nullptr));
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

}  // namespace ajour::support

// SPDX-License-Identifier: Apache-2.0
#include "listener.hpp"

#include "socket.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <sstream>

namespace ajour::http {
namespace {

using boost::asio::ip::tcp;

constexpr int most_at_once = 64;
constexpr std::chrono::milliseconds pause_time{100};

void send_without_delay(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// Whether accepting will fail until somebody closes something.
bool is_shortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

std::string text_of(const tcp::endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

}  // namespace

Listener::Listener(std::vector<std::shared_ptr<Loop>> loops)
    : loops_(std::move(loops)), acceptor_(loops_.front()->io()), timer_(loops_.front()->io()) {}

sdk::Result<void> Listener::check(const std::string& address) {
    boost::system::error_code error;
    boost::asio::ip::make_address(address, error);
    if (!error) return {};
    return sdk::Error{sdk::ErrorKind::Malformed,
                      "the address to listen on is '" + address + "', expected an IP address"};
}

sdk::Result<std::unique_ptr<Listener>> Listener::open(const std::string& address,
                                                      std::uint16_t port,
                                                      std::vector<std::shared_ptr<Loop>> loops) {
    if (auto checked = check(address); !checked) return checked.error();
    boost::system::error_code error;
    const auto ip = boost::asio::ip::make_address(address, error);
    auto listener = std::make_unique<Listener>(std::move(loops));
    auto& acceptor = listener->acceptor_;
    const tcp::endpoint endpoint(ip, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(boost::asio::socket_base::max_listen_connections, error);
    if (!error) acceptor.native_non_blocking(true, error);
    if (!error) return listener;
    return sdk::Error{sdk::ErrorKind::Unavailable,
                      "listening on " + text_of(endpoint) + ": " + error.message()};
}

std::string Listener::address() const {
    return text_of(acceptor_.local_endpoint());
}

std::uint16_t Listener::port() const {
    return acceptor_.local_endpoint().port();
}

void Listener::begin() {
    wait();
}

void Listener::close() {
    boost::system::error_code ignored;
    timer_.cancel();
    acceptor_.close(ignored);
}

void Listener::wait() {
    acceptor_.async_wait(tcp::acceptor::wait_read, [this](const auto& error) {
        if (!error) accept();
    });
}

void Listener::accept() {
    for (int i = 0; i < most_at_once; ++i) {
        if (accept_one()) continue;
        if (is_shortage(errno)) return pause();
        break;
    }
    wait();
}

bool Listener::accept_one() {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    Socket socket(::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&address),
                            &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.get() < 0) return errno == ECONNABORTED || errno == EINTR;
    const auto& service = loops_.front()->service();
    service.metrics.accepted.add();
    const auto open = static_cast<std::size_t>(service.metrics.connections.value());
    if (open >= service.limits.connections) {
        service.metrics.over_limit.add();
        service.host.log(sdk::LogLevel::Warning,
                         "closing new connections: connections.max are open");
        return true;
    }
    send_without_delay(socket.get());
    loops_[next_]->adopt({std::move(socket), Peer(address), Place(service.metrics.connections)});
    next_ = (next_ + 1) % loops_.size();
    return true;
}

/// Asking again at once would turn a shortage of descriptors into a busy loop.
void Listener::pause() {
    const auto& service = loops_.front()->service();
    service.metrics.accept_failures.add();
    service.host.log(sdk::LogLevel::Warning,
                     std::string("cannot accept connections: ") + std::strerror(errno));
    timer_.expires_after(pause_time);
    timer_.async_wait([this](const auto& error) {
        if (!error) accept();
    });
}

}  // namespace ajour::http

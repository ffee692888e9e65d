// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_http_server.hpp"

#include "support/scripted_http_wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace ajour::support {
namespace {

std::string head_of(int status, const HttpFields& fields) {
    auto head = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
    for (const auto& [name, value] : fields) head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

struct FreeContext {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

Context context_of(const ScriptedHttpServer::Tls& tls) {
    Context context(SSL_CTX_new(TLS_server_method()));
    const bool loaded =
        SSL_CTX_use_certificate_chain_file(context.get(), tls.certificate.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(context.get(), tls.key.c_str(), SSL_FILETYPE_PEM) == 1;
    if (!loaded) throw std::runtime_error("cannot use " + tls.certificate);
    if (tls.client_ca.empty()) return context;
    if (SSL_CTX_load_verify_locations(context.get(), tls.client_ca.c_str(), nullptr) != 1) {
        throw std::runtime_error("cannot use " + tls.client_ca);
    }
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    return context;
}

int listen_on_loopback(std::uint16_t& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket, generic, size) != 0 || ::listen(socket, 1024) != 0 ||
        ::getsockname(socket, generic, &size) != 0) {
        throw std::runtime_error("cannot listen on 127.0.0.1");
    }
    port = ntohs(address.sin_port);
    return socket;
}

}  // namespace

void HttpTurn::answer(int status, std::string_view body, const HttpFields& fields) {
    auto all = fields;
    all.emplace_back("Content-Length", std::to_string(body.size()));
    auto text = head_of(status, all);
    if (request.method != "HEAD") text.append(body);
    wire_.write(text);
}

void HttpTurn::begin(int status, const HttpFields& fields) {
    wire_.write(head_of(status, fields));
}

void HttpTurn::write(std::string_view bytes) {
    wire_.write(bytes);
}

void HttpTurn::drip(std::string_view bytes, std::chrono::milliseconds pause) {
    for (std::size_t i = 0; i < bytes.size() && is_open(); ++i) {
        wire_.write(bytes.substr(i, 1));
        wire_.pause(pause);
    }
}

void HttpTurn::repeat(std::string_view bytes) {
    while (is_open()) wire_.write(bytes);
}

void HttpTurn::stall() {
    while (is_open()) wire_.pause(std::chrono::seconds(1));
}

void HttpTurn::cut() {
    wire_.close();
}

bool HttpTurn::is_open() const {
    return wire_.is_open();
}

class ScriptedHttpServer::Listener {
public:
    Listener(HttpHandler handler, Context tls)
        : handler_(std::move(handler)), tls_(std::move(tls)), socket_(listen_on_loopback(port_)) {
        ::signal(SIGPIPE, SIG_IGN);  // OpenSSL's writes raise it
        thread_ = std::thread([this] { accept_all(); });
    }
    ~Listener() {
        ending_ = true;
        thread_.join();
        for (auto& connection : connections_) connection.join();
        ::close(socket_);
    }

    std::uint16_t port() const noexcept { return port_; }
    bool is_secure() const noexcept { return tls_ != nullptr; }
    std::vector<HttpRequest> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    std::size_t connections() const { return accepted_; }

private:
    void accept_all() {
        while (!ending_) {
            pollfd ready{socket_, POLLIN, 0};
            if (::poll(&ready, 1, 20) <= 0) continue;
            const int accepted = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            if (accepted < 0) continue;
            const int on = 1;
            ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            const auto number = ++accepted_;
            connections_.emplace_back([this, accepted, number] { serve(accepted, number); });
        }
    }

    void serve(int socket, std::size_t number) {
        HttpTurn::Wire wire(socket, tls_.get(), ending_);
        while (auto request = wire.next()) {
            request->connection = number;
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(*request);
            }
            HttpTurn turn(*request, wire);
            handler_(turn);
        }
    }

    const HttpHandler handler_;
    const Context tls_;
    std::uint16_t port_ = 0;
    const int socket_;
    std::atomic<bool> ending_{false};
    std::atomic<std::size_t> accepted_{0};
    std::vector<std::thread> connections_;  // of the accepting thread, until it ended
    mutable std::mutex mutex_;              // guards all below
    std::vector<HttpRequest> requests_;
    std::thread thread_;
};

ScriptedHttpServer::ScriptedHttpServer(HttpHandler handler)
    : listener_(std::make_unique<Listener>(std::move(handler), nullptr)) {}

ScriptedHttpServer::ScriptedHttpServer(HttpHandler handler, const Tls& tls)
    : listener_(std::make_unique<Listener>(std::move(handler), context_of(tls))) {}

ScriptedHttpServer::~ScriptedHttpServer() = default;

std::uint16_t ScriptedHttpServer::port() const noexcept {
    return listener_->port();
}

std::string ScriptedHttpServer::origin() const {
    return (listener_->is_secure() ? "https://localhost:" : "http://127.0.0.1:") +
           std::to_string(port());
}

std::vector<HttpRequest> ScriptedHttpServer::requests() const {
    return listener_->requests();
}

std::size_t ScriptedHttpServer::count() const {
    return requests().size();
}

std::size_t ScriptedHttpServer::count(std::string_view path) const {
    const auto all = requests();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const HttpRequest& seen) { return seen.path() == path; }));
}

std::size_t ScriptedHttpServer::connections() const {
    return listener_->connections();
}

}  // namespace ajour::support

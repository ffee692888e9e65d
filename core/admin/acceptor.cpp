// SPDX-License-Identifier: Apache-2.0
#include "admin/acceptor.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <utility>

namespace ajour::admin {

using Poco::Net::StreamSocket;

namespace {

/// Asking again at once would turn a shortage of descriptors into a busy loop.
constexpr std::chrono::milliseconds pause_time{50};

/// How often it is looked for connections that were silent for too long.
constexpr int tick = 500;

}  // namespace

Acceptor::Acceptor(Poco::Net::ServerSocket listening, Poco::Net::HTTPServerParams::Ptr params,
                   Poco::Net::HTTPRequestHandlerFactory::Ptr factory, const Limits& limits)
    : listening_(std::move(listening)),
      params_(std::move(params)),
      factory_(std::move(factory)),
      waiting_max_(limits.waiting),
      crew_("admin", limits.threads, limits.waiting),
      thread_([this] {
          listening_.setBlocking(false);  // who connects and goes again must not hold up the others
          accept();
      }) {}

Acceptor::~Acceptor() {
    stop();
}

void Acceptor::stop() {
    if (!thread_.joinable()) return;
    cut_all();
    // Linux wakes who accepts, and lets nobody accept any more.
    ::shutdown(listening_.impl()->sockfd(), SHUT_RD);
    thread_.join();
    crew_.stop();
}

void Acceptor::cut_all() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
    stopped_.notify_all();
}

void Acceptor::accept() {
    pthread_setname_np(pthread_self(), "admin-accept");
    while (!stopping_) {
        try {
            take_turn();
        } catch (const std::exception&) {  // a shortage, or a peer that has gone again
            pause();
        }
    }
    silent_.clear();
}

void Acceptor::take_turn() {
    std::vector<pollfd> polled{{listening_.impl()->sockfd(), POLLIN, 0}};
    for (const auto& silent : silent_) {
        polled.push_back({silent.socket.impl()->sockfd(), POLLIN, 0});
    }
    if (::poll(polled.data(), polled.size(), tick) < 0 || stopping_) return;
    hand_over(polled);
    if (polled[0].revents != 0) accept_one();
}

/// Who has begun to ask, or has gone, gets a thread; who was silent for too long is closed.
void Acceptor::hand_over(const std::vector<pollfd>& polled) {
    const auto longest = std::chrono::microseconds(params_->getTimeout().totalMicroseconds());
    const auto now = Clock::now();
    auto each = silent_.begin();
    for (std::size_t i = 1; i < polled.size(); ++i) {
        const auto place = each++;
        const bool asks = polled[i].revents != 0;
        if (!asks && now - place->since < longest) continue;
        const auto socket = place->socket;
        silent_.erase(place);
        if (asks) crew_.post([this, socket] { serve(socket); });
    }
}

void Acceptor::pause() {
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, pause_time, [this] { return stopping_.load(); });
}

void Acceptor::accept_one() {
    auto socket = listening_.acceptConnection();
    socket.setNoDelay(true);
    if (silent_.size() >= waiting_max_) silent_.pop_front();
    silent_.push_back({std::move(socket), Clock::now()});
}

void Acceptor::serve(const StreamSocket& socket) {
    const auto place = open(socket);
    if (!place) return;
    try {
        Poco::Net::HTTPServerConnection connection(socket, params_, factory_);
        connection.run();
    } catch (const std::exception&) {  // the peer has gone, or sends nonsense: it is closed
    }
    close(*place);
}

/// Nothing when we are stopping, or without a descriptor.
std::optional<Acceptor::Open::iterator> Acceptor::open(const StreamSocket& socket) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return std::nullopt;
    const int descriptor = ::fcntl(socket.impl()->sockfd(), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) return std::nullopt;
    return open_.insert(open_.end(), descriptor);
}

void Acceptor::close(Open::iterator place) {
    const std::lock_guard lock(mutex_);
    ::close(*place);
    open_.erase(place);
}

}  // namespace ajour::admin

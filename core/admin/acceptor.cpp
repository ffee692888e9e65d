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

}  // namespace

Acceptor::Acceptor(Poco::Net::ServerSocket listening, Poco::Net::HTTPServerParams::Ptr params,
                   Poco::Net::HTTPRequestHandlerFactory::Ptr factory, const Limits& limits)
    : listening_(std::move(listening)),
      params_(std::move(params)),
      factory_(std::move(factory)),
      crew_("admin", limits.threads, limits.waiting),
      thread_([this] { accept(); }) {}

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
            accept_one();
        } catch (const std::exception&) {  // a shortage, or a peer that has gone again
            pause();
        }
    }
}

void Acceptor::pause() {
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, pause_time, [this] { return stopping_.load(); });
}

void Acceptor::accept_one() {
    auto socket = listening_.acceptConnection();
    socket.setNoDelay(true);
    crew_.post([this, socket] { serve(socket); });
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

// SPDX-License-Identifier: Apache-2.0
#include "loop.hpp"

#include "connection.hpp"

#include <pthread.h>

#include <csignal>
#include <exception>
#include <string>

namespace ajour::http {
namespace {

constexpr std::size_t most_spare_readers = 64;

/// Signals are the host's; and OpenSSL's write to a connection that is gone must not raise SIGPIPE.
void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Loop::Loop(const Service& service) : service_(service), work_(io_.get_executor()), timer_(io_) {
    spare_readers_.reserve(most_spare_readers);
}

Loop::~Loop() = default;

void Loop::spawn() {
    thread_ = std::thread([this] { run(); });
}

void Loop::run() noexcept {
    block_signals();
    for (bool running = true; running;) {
        try {
            tick();
            io_.run();
            running = false;
        } catch (const std::exception& thrown) {
            service_.host.log(sdk::LogLevel::Error, thrown.what());
        }
    }
    ended_.store(true, std::memory_order_release);
}

void Loop::tick() {
    const auto now = Clock::now();
    deadlines_.advance(std::chrono::duration_cast<std::chrono::milliseconds>(now - born_));
    if (now >= last_moment_) close_all();
    if (draining_ && connections_.empty()) return;
    timer_.expires_after(Deadlines::tick);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

void Loop::adopt(Arrival arrival) {
    post([this, owned = std::make_shared<Arrival>(std::move(arrival))] {
        if (!draining_) open(std::move(*owned));
    });
}

void Loop::open(Arrival arrival) {
    SslSession tls;
    if (service_.tls.is_open()) {
        tls = service_.tls.open_session(arrival.socket.get());
        if (!tls) return;
    }
    auto connection = std::make_shared<Connection>(*this, std::move(arrival), std::move(tls));
    connections_.emplace(connection.get(), connection);
    connection->start();
}

void Loop::drain() {
    post([this] { begin_draining(); });
}

void Loop::begin_draining() {
    draining_ = true;
    last_moment_ = Clock::now() + service_.limits.stop;
    const auto all = connections_;
    for (const auto& [key, connection] : all) connection->drain();
    end_if_empty();
}

void Loop::close_all() {
    const auto all = connections_;
    for (const auto& [key, connection] : all) connection->close();
}

void Loop::end_if_empty() {
    if (!draining_ || !connections_.empty()) return;
    work_.reset();
    timer_.cancel();
}

void Loop::join() {
    if (thread_.joinable()) thread_.join();
}

std::unique_ptr<RequestReader> Loop::lease_reader() {
    if (spare_readers_.empty()) {
        return std::make_unique<RequestReader>(service_.limits.header_bytes,
                                               service_.limits.body_bytes);
    }
    auto reader = std::move(spare_readers_.back());
    spare_readers_.pop_back();
    return reader;
}

void Loop::give_back(std::unique_ptr<RequestReader> reader) noexcept {
    if (spare_readers_.size() >= most_spare_readers) return;
    reader->clear();
    spare_readers_.push_back(std::move(reader));
}

void Loop::forget(Connection& connection) noexcept {
    connections_.erase(&connection);
    end_if_empty();
}

}  // namespace ajour::http

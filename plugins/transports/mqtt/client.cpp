// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include <poll.h>
#include <pthread.h>

#include <array>
#include <csignal>
#include <exception>
#include <utility>

namespace ajour::mqtt {
namespace {

using std::chrono::milliseconds;

/// Keep-alive and deadlines are looked at this often.
constexpr milliseconds tick{1000};
constexpr milliseconds tick_while_connecting{100};

/// libmosquitto tries one address of a name. A second try takes IPv4 alone, a third IPv6 alone, so
/// that a broker is found which listens on one of them only.
constexpr std::array<const char*, 3> bind_addresses{nullptr, "0.0.0.0", "::"};

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Client::Client(const Service& service)
    : service_(service),
      turns_(service),
      outbox_(*turns_.outbox()),
      backoff_(service.options.least_delay, service.options.most_delay) {}

Client::~Client() {
    stop();
}

void Client::spawn() {
    thread_ = std::thread([this] { run(); });
}

void Client::stop() {
    stopping_.store(true);
    outbox_.doorbell().ring();
    if (thread_.joinable()) thread_.join();
    outbox_.end();
}

void Client::run() noexcept {
    block_signals();
    while (!stopping_.load()) {
        try {
            connect_once();
        } catch (const std::exception& thrown) {
            end_session({sdk::ErrorKind::Internal, thrown.what()});
        }
        if (stopping_.load()) return;
        wait(backoff_.next(std::uniform_real_distribution<double>(0, 1)(chance_)));
    }
}

void Client::connect_once() {
    auto opened = Session::open(plan(), *this);
    if (!opened) return end_session(opened.error());
    session_ = std::move(*opened);
    turns_.begin(*session_);
    const auto served = serve();
    if (!served) return end_session(served.error());
    wind_up();
}

Session::Plan Client::plan() const {
    const auto& options = service_.options;
    const auto turn = is_ip_address(options.broker.host) ? 0 : failures_ % bind_addresses.size();
    return {
        options,
        service_.topics.filters(),
        {service_.topics.presence(), "online " + options.client_id, "offline " + options.client_id},
        bind_addresses.at(turn)};
}

/// Returns at stop, or with the reason for which the connection ended.
sdk::Result<void> Client::serve() {
    const auto deadline = Clock::now() + service_.options.connect;
    while (!stopping_.load()) {
        if (auto turned = turn(session_->is_ready() ? tick : tick_while_connecting); !turned) {
            return turned;
        }
        if (!session_->is_ready() && Clock::now() > deadline) {
            return sdk::Error{sdk::ErrorKind::Timeout, "no connection within timeout.connect"};
        }
    }
    return {};
}

sdk::Result<void> Client::turn(milliseconds patience) {
    std::array<pollfd, 2> polled{pollfd{session_->socket(), session_->wanted_events(), 0},
                                 pollfd{outbox_.doorbell().descriptor(), POLLIN, 0}};
    ::poll(polled.data(), polled.size(), static_cast<int>(patience.count()));
    if (polled[1].revents != 0) outbox_.doorbell().silence();
    auto turned = session_->turn(polled[0].revents);
    if (turned) turns_.drain();
    service_.metrics.commands_unacknowledged.set(static_cast<std::int64_t>(session_->inflight()));
    return turned;
}

void Client::wait(milliseconds delay) {
    const auto until = Clock::now() + delay;
    while (!stopping_.load()) {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        if (left <= milliseconds::zero()) return;
        pollfd polled{outbox_.doorbell().descriptor(), POLLIN, 0};
        if (::poll(&polled, 1, static_cast<int>(left.count())) > 0) outbox_.doorbell().silence();
    }
}

void Client::wind_up() {
    const auto deadline = Clock::now() + service_.options.stop;
    bool goes_on = session_->is_ready();
    while (goes_on && !outbox_.is_empty() && Clock::now() < deadline) {
        goes_on = turn(milliseconds(10)).ok();
    }
    if (goes_on) session_->leave();
    while (goes_on && Clock::now() < deadline) goes_on = turn(milliseconds(10)).ok();
    service_.metrics.connected.set(0);
    outbox_.close();
    session_.reset();
}

void Client::end_session(const sdk::Error& error) {
    const bool was_ready = session_ && session_->is_ready();
    if (!was_ready) ++failures_;
    session_.reset();
    outbox_.close();
    auto& metrics = service_.metrics;
    metrics.connected.set(0);
    (was_ready ? metrics.connections_lost : metrics.connect_failures).add();
    const std::string begin = was_ready ? "lost the broker " : "cannot connect to the broker ";
    service_.host.log(sdk::LogLevel::Warning,
                      begin + service_.options.broker.text() + ": " + error.text);
}

void Client::ready() {
    backoff_.reset();
    outbox_.open();
    service_.metrics.connected.set(1);
    service_.metrics.connects.add();
    service_.host.log(sdk::LogLevel::Info, "connected to the broker " +
                                               service_.options.broker.text() + " as " +
                                               service_.options.client_id);
}

void Client::acknowledged(bool taken) {
    if (!taken) service_.metrics.commands_refused.add();
}

void Client::arrived(const Incoming& message) {
    turns_.take(message);
}

}  // namespace ajour::mqtt

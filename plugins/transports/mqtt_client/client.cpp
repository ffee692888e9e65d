// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include <poll.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <fstream>
#include <string>
#include <utility>

namespace ajour::mqtt_client {
namespace {

using std::chrono::milliseconds;

/// Keep-alive and deadlines are looked at this often.
constexpr milliseconds tick{1000};
constexpr milliseconds tick_while_connecting{100};

/// libmosquitto tries one address of a name. A second try takes IPv4 alone, a third IPv6 alone, so
/// that a broker is found which listens on one of them only.
constexpr std::array<const char*, 3> bind_addresses{nullptr, "0.0.0.0", "::"};

/// A file that is not there is a mistake in the settings, and no fault of the broker's.
sdk::Result<void> check_files(const TlsFiles& files) {
    for (const auto* file : {&files.ca, &files.certificate, &files.key}) {
        if (file->empty() || std::ifstream(*file)) continue;
        return sdk::Error{sdk::ErrorKind::NotFound, "the TLS file " + *file + ": cannot be opened"};
    }
    return {};
}

void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Client::Client(const Connection& connection)
    : connection_(connection),
      outbox_(*connection.outlet.outbox()),
      backoff_(connection.options.least_delay, connection.options.most_delay) {}

sdk::Result<std::unique_ptr<Client>> Client::start(const Connection& connection) {
    if (auto checked = check_files(connection.options.tls); !checked) return checked.error();
    if (auto started = Session::start_library(); !started) return started.error();
    std::unique_ptr<Client> client(new Client(connection));
    connection.host.set_trouble("not connected to the broker " + connection.options.broker.text() +
                                " yet");
    client->thread_ = std::thread([self = client.get()] { self->run(); });
    return client;
}

Client::~Client() {
    stop();
    Session::stop_library();
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
    auto wishes = connection_.subscriber.wishes();
    if (!wishes) return end_session(wishes.error());
    auto opened = Session::open({connection_.options, std::move(*wishes), bind_address()}, *this);
    if (!opened) return end_session(opened.error());
    session_ = std::move(*opened);
    connection_.outlet.begin(*session_);
    connection_.subscriber.begin(*session_);
    const auto served = serve();
    if (!served) return end_session(served.error());
    wind_up();
}

const char* Client::bind_address() const {
    if (is_ip_address(connection_.options.broker.host)) return nullptr;
    return bind_addresses.at(failures_ % bind_addresses.size());
}

/// Returns at stop, or with the reason for which the connection ended.
sdk::Result<void> Client::serve() {
    const auto deadline = Clock::now() + connection_.options.connect;
    while (!stopping_.load()) {
        const bool is_served = session_->is_ready() && !brings_nothing_;
        if (auto turned = turn(is_served ? tick : tick_while_connecting); !turned) return turned;
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
    if (turned) connection_.outlet.drain();
    if (turned && session_->is_ready()) connection_.subscriber.turned(*session_);
    if (brings_nothing_) tell_trouble();
    connection_.metrics.commands_unacknowledged.set(
        static_cast<std::int64_t>(session_->inflight()));
    return turned;
}

void Client::wait(milliseconds delay) {
    const auto until = Clock::now() + delay;
    while (!stopping_.load()) {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        if (left <= milliseconds::zero()) return;
        pollfd polled{outbox_.doorbell().descriptor(), POLLIN, 0};
        const auto nap = static_cast<int>(std::min(left, tick).count());
        if (::poll(&polled, 1, nap) > 0) outbox_.doorbell().silence();
        if (connection_.subscriber.is_due()) return;
    }
}

void Client::wind_up() {
    const auto deadline = Clock::now() + connection_.options.stop;
    bool goes_on = session_->is_ready();
    while (goes_on && !outbox_.is_empty() && Clock::now() < deadline) {
        goes_on = turn(milliseconds(10)).ok();
    }
    if (goes_on) session_->leave();
    while (goes_on && Clock::now() < deadline) goes_on = turn(milliseconds(10)).ok();
    connection_.metrics.connected.set(0);
    outbox_.close();
    session_.reset();
}

void Client::end_session(const sdk::Error& error) {
    const bool was_ready = session_ && session_->is_ready();
    if (!was_ready) ++failures_;
    if (session_ && session_->is_login_refused()) connection_.subscriber.login_refused();
    if (was_ready) connection_.subscriber.lost(session_->inflight_topics());
    session_.reset();
    brings_nothing_ = false;
    outbox_.close();
    auto& metrics = connection_.metrics;
    metrics.connected.set(0);
    (was_ready ? metrics.connections_lost : metrics.connect_failures).add();
    const auto trouble = (was_ready ? "lost the broker " : "cannot connect to the broker ") +
                         connection_.options.broker.text() + ": " + error.text;
    connection_.host.set_trouble(trouble);
    connection_.host.log(sdk::LogLevel::Warning, trouble);
}

void Client::ready() {
    backoff_.reset();
    outbox_.open();
    connection_.metrics.connected.set(1);
    connection_.metrics.connects.add();
    tell_trouble();
    connection_.host.log(sdk::LogLevel::Info, "connected to the broker " +
                                                  connection_.options.broker.text() + " as " +
                                                  connection_.options.client_id);
}

void Client::tell_trouble() {
    const auto trouble = connection_.subscriber.trouble();
    brings_nothing_ = !trouble.empty();
    connection_.host.set_trouble(trouble);
}

void Client::acknowledged(const std::string& topic, const char* refusal) {
    if (refusal != nullptr) connection_.metrics.commands_refused.add();
    connection_.subscriber.acknowledged(topic, refusal);
}

void Client::not_granted(const std::string& filter, const std::string& why) {
    connection_.subscriber.not_granted(filter, why);
}

void Client::arrived(const Incoming& message) {
    connection_.subscriber.arrived(message);
}

}  // namespace ajour::mqtt_client

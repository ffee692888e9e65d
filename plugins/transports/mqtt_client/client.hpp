// SPDX-License-Identifier: Apache-2.0
// The network thread: it connects, lets the session take its turns, and connects again.
#pragma once

#include "backoff.hpp"
#include "connection_metrics.hpp"
#include "outlet.hpp"
#include "session.hpp"
#include "subscriber.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <thread>

namespace ajour::mqtt_client {

/// What outlives the network thread.
struct Connection {
    const Options& options;
    ConnectionMetrics& metrics;
    sdk::Host& host;
    Outlet& outlet;
    Subscriber& subscriber;
};

class Client final : private SessionListener {
public:
    /// Spawns the network thread. An Error names a TLS file that cannot be opened.
    static sdk::Result<std::unique_ptr<Client>> start(const Connection& connection);
    /// Stops.
    ~Client() override;

    /// Sends what is queued, leaves the broker, and ends the thread; bounded by `options.stop`.
    void stop();

private:
    using Clock = std::chrono::steady_clock;

    explicit Client(const Connection& connection);

    void run() noexcept;
    void connect_once();
    const char* bind_address() const;
    sdk::Result<void> serve();
    sdk::Result<void> turn(std::chrono::milliseconds patience);
    void wait(std::chrono::milliseconds delay);
    void wind_up();
    void end_session(const sdk::Error& error);
    void tell_trouble();

    void ready() override;
    void arrived(const Incoming& message) override;
    void acknowledged(const std::string& topic, const char* refusal) override;
    void not_granted(const std::string& filter, const std::string& why) override;

    const Connection connection_;
    Outbox& outbox_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;

    // Of the network thread.
    std::unique_ptr<Session> session_;
    Backoff backoff_;
    std::mt19937 chance_{std::random_device{}()};
    bool brings_nothing_ = false;  ///< the subscriber is in trouble
    std::size_t failures_ = 0;     ///< tries to connect that failed; picks the address family
};

}  // namespace ajour::mqtt_client

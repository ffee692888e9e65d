// SPDX-License-Identifier: Apache-2.0
// The network thread: it connects, lets the session take its turns, and connects again.
#pragma once

#include "backoff.hpp"
#include "session.hpp"
#include "turns.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <thread>

namespace ajour::mqtt {

class Client final : private SessionListener {
public:
    explicit Client(const Service& service);
    ~Client() override;

    void spawn();
    /// Sends what is queued, leaves the broker, and ends the thread; bounded by `options.stop`.
    void stop();

private:
    using Clock = std::chrono::steady_clock;

    void run() noexcept;
    void connect_once();
    Session::Plan plan() const;
    sdk::Result<void> serve();
    sdk::Result<void> turn(std::chrono::milliseconds patience);
    void wait(std::chrono::milliseconds delay);
    void wind_up();
    void end_session(const sdk::Error& error);

    void ready() override;
    void arrived(const Incoming& message) override;
    void acknowledged(bool taken) override;

    const Service service_;
    Turns turns_;
    Outbox& outbox_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;

    // Of the network thread.
    std::unique_ptr<Session> session_;
    Backoff backoff_;
    std::mt19937 chance_{std::random_device{}()};
    std::size_t failures_ = 0;  ///< tries to connect that failed; picks the address family
};

}  // namespace ajour::mqtt

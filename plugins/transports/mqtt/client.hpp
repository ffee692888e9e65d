// SPDX-License-Identifier: Apache-2.0
// The network thread: one session after the other, and the way of each status and command.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "backoff.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "outbox.hpp"
#include "session.hpp"
#include "topics.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <thread>

namespace ajour::mqtt {

class Client final : private SessionListener {
public:
    /// What outlives it.
    struct Service {
        const Options& options;
        const Topics& topics;
        Metrics& metrics;
        sdk::Inbox& inbox;
        sdk::Host& host;
    };

    explicit Client(const Service& service);
    ~Client() override;

    void spawn();
    /// Sends what is queued, leaves the broker, and ends the thread; bounded by `options.stop`.
    void stop();

    // For replies on the network thread.
    void answer(const Outgoing& command) noexcept;
    sdk::Metric& refusals() const noexcept { return service_.metrics.refusals; }
    const std::shared_ptr<Outbox>& outbox() const noexcept { return outbox_; }

private:
    using Clock = std::chrono::steady_clock;

    void run() noexcept;
    void connect_once();
    sdk::Result<void> serve();
    sdk::Result<void> turn(std::chrono::milliseconds patience);
    void wait(std::chrono::milliseconds delay);
    void publish(const Outgoing& command) noexcept;
    void wind_up();
    void drain_outbox();
    void end_session(const sdk::Error& error);
    Session::Plan plan();

    void ready() override;
    void arrived(const Incoming& message) override;
    void acknowledged(bool taken) override;
    bool is_sound(const Incoming& message) const noexcept;
    void submit(const Incoming& message, const Topics::Route& route);
    std::uint32_t room_for(const Outgoing& answer) const noexcept;

    const Service service_;
    const std::shared_ptr<Outbox> outbox_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;

    // Of the network thread.
    std::unique_ptr<Session> session_;
    Backoff backoff_;
    std::mt19937 chance_{std::random_device{}()};
    std::size_t failures_ = 0;  ///< tries to connect that failed; picks the address family
    std::string answer_topic_;
};

}  // namespace ajour::mqtt

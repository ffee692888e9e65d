// SPDX-License-Identifier: Apache-2.0
// One thread with the connections that belong to it. Must not know HTTP.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "deadlines.hpp"
#include "limits.hpp"
#include "metrics.hpp"
#include "request_reader.hpp"
#include "socket.hpp"
#include "tls.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ajour::http {

class Connection;

/// Shared with late replies, which may outlive it all; what they find then is `ended`.
class Loop : public std::enable_shared_from_this<Loop> {
public:
    /// What all loops of a transport share; outlives their threads.
    struct Service {
        const Limits& limits;
        Metrics& metrics;
        sdk::Inbox& inbox;
        sdk::Host& host;
        ServedContext& tls;  ///< not open: plain HTTP
    };

    explicit Loop(const Service& service);
    ~Loop();

    void spawn();
    /// Takes a new connection. [any]
    void adopt(Arrival arrival);
    /// Lets running turns end, closes the rest, and the thread ends. [any]
    void drain();
    void join();

    /// Does something on the loop's thread soon, or never when it has ended. [any]
    template <typename Task>
    void post(Task&& task) {
        io_.get_executor().post(std::forward<Task>(task), std::allocator<void>());
    }
    bool has_ended() const noexcept { return ended_.load(std::memory_order_acquire); }

    // For the loop's own thread.
    const Service& service() const noexcept { return service_; }
    boost::asio::io_context& io() noexcept { return io_; }
    Deadlines& deadlines() noexcept { return deadlines_; }
    bool is_draining() const noexcept { return draining_; }
    std::unique_ptr<RequestReader> lease_reader();
    void give_back(std::unique_ptr<RequestReader> reader) noexcept;
    void forget(Connection& connection) noexcept;

private:
    using Clock = std::chrono::steady_clock;

    void run() noexcept;
    void tick();
    void open(Arrival arrival);
    void begin_draining();
    void close_all();
    void end_if_empty();

    Service service_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer timer_;
    const Clock::time_point born_ = Clock::now();
    Deadlines deadlines_;
    std::vector<std::unique_ptr<RequestReader>> spare_readers_;
    std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;
    Clock::time_point last_moment_ = Clock::time_point::max();
    bool draining_ = false;
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace ajour::http

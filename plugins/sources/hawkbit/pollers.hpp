// SPDX-License-Identifier: Apache-2.0
// The threads that ask hawkBit after controllers: some for each connection, so that a hawkBit that
// is slow makes few polls late, and one that hangs makes none of another one's late.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ajour::hawkbit {

class Pollers {
public:
    /// Visits a controller of that connection; false when none is due. Does not throw.
    using VisitNext = std::function<bool(std::size_t connection)>;

    explicit Pollers(VisitNext visit_next) : visit_next_(std::move(visit_next)) {}
    ~Pollers() { stop(); }
    Pollers(const Pollers&) = delete;
    Pollers& operator=(const Pollers&) = delete;

    /// `at_once` threads for each connection. [main]
    void start(std::size_t connections, std::size_t at_once);
    /// Something may be due there. [any]
    void wake(std::size_t connection);
    /// Waits for the visits that run. Safe without start, safe twice. [main]
    void stop();
    bool is_stopped() const;  ///< [any]

private:
    void run(std::size_t connection);
    bool await_call(std::size_t connection, std::uint64_t& heard);

    const VisitNext visit_next_;
    mutable std::mutex mutex_;  // guards calls_ and stopped_
    std::condition_variable called_;
    std::vector<std::uint64_t> calls_;  ///< how often each connection's were woken
    bool stopped_ = false;
    std::vector<std::thread> threads_;  ///< of [main]
};

}  // namespace ajour::hawkbit

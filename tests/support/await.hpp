// SPDX-License-Identifier: Apache-2.0
// Waiting for what other threads do, with an end.
#pragma once

#include "work/crew.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace ajour::support {

constexpr std::chrono::seconds patience{60};

/// Whether the condition came true in time.
template <typename Condition>
bool await(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return true;
}

/// Holds up those who pass until it is opened.
class Gate {
public:
    explicit Gate(bool open = true) : open_(open) {}
    void close() { set(false); }
    void open() { set(true); }
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        opened_.wait_for(lock, patience, [this] { return open_; });
        --waiting_;
    }
    int waiting() const {
        const std::lock_guard lock(mutex_);
        return open_ ? 0 : waiting_;
    }

private:
    void set(bool open) {
        const std::lock_guard lock(mutex_);  // also while telling: who is told may end the gate
        open_ = open;
        opened_.notify_all();
    }

    mutable std::mutex mutex_;  // guards all below
    std::condition_variable opened_;
    bool open_;
    int waiting_ = 0;
};

/// Returns when a crew of one thread has done all that was posted before.
inline bool drain(work::Crew& crew) {
    Gate done(false);
    if (!crew.post([&done] { done.open(); })) return false;
    done.pass();
    return true;
}

}  // namespace ajour::support

// SPDX-License-Identifier: Apache-2.0
// One at a time does what has a name; those who want the same wait for a while.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace ajour::oci {

class Flights {
public:
    /// Has the name as long as it lives; empty when it did not get it.
    class Flight {
    public:
        Flight(Flights* flights, std::string name) : flights_(flights), name_(std::move(name)) {}
        Flight(Flight&& other) noexcept
            : flights_(std::exchange(other.flights_, nullptr)), name_(std::move(other.name_)) {}
        Flight& operator=(Flight&&) = delete;
        ~Flight() {
            if (flights_ != nullptr) flights_->leave(name_);
        }
        explicit operator bool() const noexcept { return flights_ != nullptr; }

    private:
        Flights* flights_;
        std::string name_;
    };

    Flight enter(const std::string& name, std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        const auto goes_on = [&] { return stopped_ || !names_.contains(name); };
        if (!left_.wait_for(lock, patience, goes_on) || stopped_) return Flight(nullptr, {});
        names_.insert(name);
        return Flight(this, name);
    }

    /// From now on nobody waits, and nobody gets a name.
    void stop() {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        left_.notify_all();
    }

private:
    void leave(const std::string& name) {
        const std::lock_guard lock(mutex_);
        names_.erase(name);
        left_.notify_all();
    }

    std::mutex mutex_;  // guards all below
    std::condition_variable left_;
    std::set<std::string> names_;
    bool stopped_ = false;
};

}  // namespace ajour::oci

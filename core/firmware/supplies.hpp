// SPDX-License-Identifier: Apache-2.0
// The targets in memory, each with its supply. Bounded: those that nobody else
// holds go, no matter where they lie.
#pragma once

#include <ajour/sdk/host.hpp>

#include "firmware/supply.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ajour::firmware {

/// Thread-safe. What goes ends after the lock, since a supply may hold an image and a file.
class Supplies {
public:
    using Holder = std::shared_ptr<Supply>;

    /// `count` shows how many there are.
    Supplies(std::size_t max, sdk::Metric& count) : max_(max), count_(count) {}

    /// The one that is there, or else what `make()` gives, for which one that nobody else holds may
    /// have to go; null when too many are in use. [any]
    template <typename Make>
    Holder find_or_make(const std::string& key, Make&& make) {
        Holder idle;  // ends after the lock
        const std::lock_guard lock(mutex_);
        if (const auto found = by_key_.find(key); found != by_key_.end()) return found->second;
        if (is_full()) idle = take_one_idle();
        if (is_full()) return nullptr;
        Holder made = make();
        by_key_.emplace(key, made);
        show_count();
        return made;
    }

    /// Calls `visitor(const Holder&)` for each, under the lock. [any]
    template <typename Visitor>
    void visit_all(Visitor&& visitor) const {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, supply] : by_key_) visitor(supply);
    }

    /// Lets go of all that nobody else holds. [any]
    void forget_idle();

private:
    bool is_full() const noexcept { return by_key_.size() >= max_; }
    void show_count() { count_.set(static_cast<std::int64_t>(by_key_.size())); }
    Holder take_one_idle();

    const std::size_t max_;
    sdk::Metric& count_;
    mutable std::mutex mutex_;  // guards all below
    std::size_t hand_ = 0;      // the bucket at which take_one_idle goes on
    std::unordered_map<std::string, Holder> by_key_;
};

}  // namespace ajour::firmware

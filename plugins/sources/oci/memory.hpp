// SPDX-License-Identifier: Apache-2.0
// What is remembered by name, in bounds: the one that was not used for longest makes room.
#pragma once

#include <ajour/sdk/host.hpp>

#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace ajour::oci {

/// May be used by many threads at once. `count` shows how many there are.
template <typename T>
class Memory {
public:
    Memory(std::size_t most, sdk::Metric& count) : most_(most), count_(count) {}

    std::optional<T> find(const std::string& name) {
        const std::lock_guard lock(mutex_);
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return std::nullopt;
        by_age_.splice(by_age_.begin(), by_age_, found->second);
        return found->second->second;
    }

    void put(const std::string& name, T value) {
        const std::lock_guard lock(mutex_);
        if (const auto found = by_name_.find(name); found != by_name_.end()) {
            found->second->second = std::move(value);
            by_age_.splice(by_age_.begin(), by_age_, found->second);
            return;
        }
        if (by_age_.size() >= most_) forget_oldest();
        by_age_.emplace_front(name, std::move(value));
        by_name_.emplace(name, by_age_.begin());
        count_.add(1);
    }

    void forget(const std::string& name) {
        const std::lock_guard lock(mutex_);
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return;
        by_age_.erase(found->second);
        by_name_.erase(found);
        count_.add(-1);
    }

    /// Shows each to `change`, which may alter it.
    template <typename Change>
    void each(Change change) {
        const std::lock_guard lock(mutex_);
        for (auto& [name, value] : by_age_) change(value);
    }

private:
    using Entries = std::list<std::pair<std::string, T>>;

    void forget_oldest() {
        if (by_age_.empty()) return;
        by_name_.erase(by_age_.back().first);
        by_age_.pop_back();
        count_.add(-1);
    }

    const std::size_t most_;
    sdk::Metric& count_;
    std::mutex mutex_;  // guards all below
    Entries by_age_;    // the latest first
    std::map<std::string, typename Entries::iterator> by_name_;
};

}  // namespace ajour::oci

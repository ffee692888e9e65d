// SPDX-License-Identifier: Apache-2.0
#include "active.hpp"

namespace ajour::drogue_registry {

Active::Active(const std::vector<std::string>& always, std::size_t max,
               std::chrono::milliseconds idle, Metrics& metrics)
    : always_(always.begin(), always.end()), max_(max), idle_(idle), metrics_(metrics) {
    for (const auto& name : always_) last_.emplace(name, Instant());
    metrics_.applications.set(static_cast<std::int64_t>(last_.size()));
}

bool Active::note(const std::string& application, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = last_.find(application);
    if (found != last_.end()) {
        found->second = now;
        return false;
    }
    if (last_.size() >= max_) return false;
    last_.emplace(application, now);
    metrics_.applications.set(static_cast<std::int64_t>(last_.size()));
    return true;
}

std::vector<std::string> Active::names(Instant now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(last_, [&](const auto& each) {
        return !always_.contains(each.first) && now - each.second > idle_;
    });
    metrics_.applications.set(static_cast<std::int64_t>(last_.size()));
    std::vector<std::string> names;
    for (const auto& [name, used] : last_) names.push_back(name);
    return names;
}

}  // namespace ajour::drogue_registry

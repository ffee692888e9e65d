// SPDX-License-Identifier: Apache-2.0
#include "fleet/aliases.hpp"

namespace ajour::fleet {

namespace {

constexpr std::chrono::seconds least_between_sweeps{1};

}  // namespace

void Aliases::remember(const sdk::DeviceId& alias, const sdk::DeviceId& own) {
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= max_ && now - swept_ >= least_between_sweeps) {
        swept_ = now;
        std::erase_if(entries_, [now](const auto& entry) { return now >= entry.second.until; });
    }
    const auto known = entries_.find(alias);
    if (known == entries_.end() && entries_.size() >= max_) return;
    entries_.insert_or_assign(alias, Entry{own, now + fresh_});
}

std::optional<sdk::DeviceId> Aliases::own_name(const sdk::DeviceView& alias) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(alias);
    if (found == entries_.end() || clock_.now() >= found->second.until) return std::nullopt;
    return found->second.own;
}

std::optional<sdk::DeviceId> Aliases::former_name(const sdk::DeviceView& alias) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(alias);
    return found == entries_.end() ? std::nullopt : std::optional(found->second.own);
}

void Aliases::forget(const sdk::DeviceView& alias) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(alias);
    if (found != entries_.end()) entries_.erase(found);
}

void Aliases::forget_application(std::string_view own) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [own](const auto& entry) {
        return entry.second.own.application == own || entry.first.application == own;
    });
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "outbox.hpp"

#include <algorithm>

namespace ajour::drogue_registry {

using sdk::DeviceId;
using sdk::Report;
using Clock = std::chrono::steady_clock;

bool Outbox::put(const Report& report, Instant now) {
    const auto gist = gist_of(report, rules_.step);
    const std::lock_guard lock(mutex_);
    const auto place = place_for(report.device, now);
    if (place == entries_.end()) {
        metrics_.statuses_turned_away.add();
        return false;
    }
    auto& entry = place->second;
    entry.turns = std::min(entry.turns + 1, rules_.turns);
    if (!entry.next && entry.shown == gist) {
        metrics_.statuses_passed_over.add();
        rest(place->first, entry);
        return true;
    }
    if (entry.next) metrics_.statuses_passed_over.add();
    const auto due = due_of(entry, gist, now);
    const auto earliest = entry.next ? std::min(entry.due, due) : due;
    unschedule(place->first, entry);
    entry.next = report;
    schedule(place->first, entry, earliest);
    return true;
}

std::optional<Report> Outbox::next() {
    std::unique_lock lock(mutex_);
    while (true) {
        if (due_.empty()) {
            if (closed_) return std::nullopt;
            changed_.wait(lock);
        } else if (const auto at = due_.begin()->first; !closed_ && Clock::now() < at) {
            changed_.wait_until(lock, at);
        } else {
            break;
        }
    }
    auto& entry = entries_.find(due_.begin()->second)->second;
    due_.erase(due_.begin());
    entry.writing = std::move(entry.next);
    entry.next.reset();
    entry.shown = gist_of(*entry.writing, rules_.step);
    ++writing_;
    return entry.writing;
}

void Outbox::written(const Report& report, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(report.device);
    if (found == entries_.end()) return;
    auto& entry = found->second;
    entry.writing.reset();
    entry.shown_at = now;
    entry.turns = 0;
    --writing_;
    if (entry.next) {
        schedule(found->first, entry, entry.due);
    } else {
        rest(found->first, entry);
    }
    count();
}

void Outbox::gone(const DeviceId& device) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(device);
    if (found == entries_.end()) return;
    unschedule(found->first, found->second);
    if (found->second.writing) --writing_;
    found->second.writing.reset();
    found->second.next.reset();
    found->second.shown.reset();
    rest(found->first, found->second);
    count();
}

void Outbox::again(const Report& report, Instant due) {
    if (const std::lock_guard lock(mutex_); !closed_) {
        const auto found = entries_.find(report.device);
        if (found == entries_.end()) return;
        auto& entry = found->second;
        entry.writing.reset();
        entry.shown.reset();
        --writing_;
        if (!entry.next) entry.next = report;
        schedule(found->first, entry, due);
        return;
    }
    gone(report.device);
}

void Outbox::forget(const DeviceId& device) {
    const std::lock_guard lock(mutex_);
    if (const auto found = entries_.find(device); found != entries_.end())
        found->second.shown.reset();
}

std::optional<Report> Outbox::waiting(const DeviceId& device) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(device);
    if (found == entries_.end()) return std::nullopt;
    return found->second.next ? found->second.next : found->second.writing;
}

void Outbox::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

void Outbox::await_empty(Instant deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, [this] { return due_.empty() && writing_ == 0; });
}

Outbox::Map::iterator Outbox::place_for(const DeviceId& device, Instant now) {
    const auto found = entries_.find(device);
    if (found != entries_.end()) return found;
    if (entries_.size() >= rules_.devices_max && !make_room()) return entries_.end();
    const auto place = entries_.emplace(device, Entry()).first;
    place->second.heard_at = now;
    return place;
}

bool Outbox::make_room() {
    while (!idle_.empty()) {
        const auto found = entries_.find(idle_.front());
        idle_.pop_front();
        if (found == entries_.end()) continue;
        found->second.idle_listed = false;
        if (found->second.next || found->second.writing) continue;
        entries_.erase(found);
        return true;
    }
    return false;
}

Outbox::Instant Outbox::due_of(const Entry& entry, const Gist& gist, Instant now) const {
    // The first that we hear of an update half way was heard of by another replica before.
    const bool only_progress = entry.shown ? entry.shown->words == gist.words : gist.begun;
    if (!only_progress) return now + rules_.settle;
    const bool has_many = entry.turns >= rules_.turns;
    const auto interval = has_many ? rules_.interval : rules_.interval_max;
    return std::max(now, std::max(entry.shown_at, entry.heard_at) + interval);
}

void Outbox::schedule(const DeviceId& device, Entry& entry, Instant due) {
    entry.due = due;
    if (!entry.writing) {
        due_.emplace(due, device);
        changed_.notify_one();
    }
    count();
}

void Outbox::unschedule(const DeviceId& device, Entry& entry) {
    if (entry.next && !entry.writing) due_.erase({entry.due, device});
}

void Outbox::rest(const DeviceId& device, Entry& entry) {
    if (entry.next || entry.writing || std::exchange(entry.idle_listed, true)) return;
    idle_.push_back(device);
}

void Outbox::count() {
    metrics_.statuses_waiting.set(static_cast<std::int64_t>(due_.size() + writing_));
    if (due_.empty() && writing_ == 0) changed_.notify_all();
}

}  // namespace ajour::drogue_registry

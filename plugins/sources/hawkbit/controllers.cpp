// SPDX-License-Identifier: Apache-2.0
#include "controllers.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

void Controllers::plan(const Key& key, Entry& entry, Instant visit_at) {
    const auto& connection = key.first;
    const auto& id = key.second;  // clang 14 captures no structured binding
    const auto [first, last] = plan_.equal_range({connection, entry.visit_at});
    const auto old = std::find_if(first, last, [&](const auto& due) { return due.second == id; });
    if (old != last) plan_.erase(old);
    entry.visit_at = visit_at;
    if (!entry.visited) plan_.emplace(std::pair(connection, visit_at), id);
}

void Controllers::erase(const Key& key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    found->second.visited = true;  // is not planned again
    plan(key, found->second, {});
    by_device_.erase(found->second.controller->device);
    entries_.erase(found);
}

Result<Controllers::Found> Controllers::take(std::size_t connection, const std::string& id,
                                             const sdk::DeviceId& device, Instant visit_at) {
    const Key key{connection, id};
    const std::lock_guard lock(mutex_);
    if (const auto found = entries_.find(key); found != entries_.end()) {
        if (found->second.controller->device == device)
            return Found{found->second.controller, false, nullptr};
        return Error{ErrorKind::Refused, "the controller id \"" + id + "\" is that of device " +
                                             found->second.controller->device.text() + " already"};
    }
    Found made;
    if (const auto other = by_device_.find(device); other != by_device_.end()) {
        made.replaced = entries_.at(other->second).controller;
        erase(Key(other->second));
    }
    if (entries_.size() >= max_) {
        return Error{ErrorKind::Full,
                     "source.hawkbit.controllers.max, " + std::to_string(max_) + ", is reached"};
    }
    made.controller = std::make_shared<Controller>(connection, id, device);
    made.added = true;
    auto& entry = entries_[key];
    entry.controller = made.controller;
    plan(key, entry, visit_at);
    by_device_[device] = key;
    return made;
}

std::shared_ptr<Controller> Controllers::find(std::size_t connection, const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find({connection, id});
    return found == entries_.end() ? nullptr : found->second.controller;
}

std::shared_ptr<Controller> Controllers::claim_due(std::size_t connection, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto due = plan_.lower_bound({connection, Instant::min()});
    if (due == plan_.end() || due->first > std::pair(connection, now)) return nullptr;
    auto& entry = entries_.at({connection, due->second});
    entry.visited = true;
    plan_.erase(due);
    return entry.controller;
}

std::optional<Instant> Controllers::next_due(std::size_t connection) const {
    const std::lock_guard lock(mutex_);
    const auto due = plan_.lower_bound({connection, Instant::min()});
    if (due == plan_.end() || due->first.first != connection) return std::nullopt;
    return due->first.second;
}

bool Controllers::claim(const Controller& controller) {
    const auto key = key_of(controller);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.visited) return false;
    found->second.visited = true;
    plan(key, found->second, found->second.visit_at);
    return true;
}

void Controllers::give_back(Controller& controller, Instant visit_at) {
    const auto key = key_of(controller);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.controller.get() != &controller) return;
    auto& entry = found->second;
    entry.visited = false;
    plan(key, entry, std::min(visit_at, std::exchange(entry.hastened, Instant::max())));
}

void Controllers::hasten(Controller& controller, Instant visit_at) {
    const auto key = key_of(controller);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    auto& entry = found->second;
    if (entry.visited) {
        entry.hastened = std::min(entry.hastened, visit_at);
    } else if (visit_at < entry.visit_at) {
        plan(key, entry, visit_at);
    }
}

void Controllers::forget(const Controller& controller) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key_of(controller));
    if (found != entries_.end() && found->second.controller.get() == &controller) {
        erase(key_of(controller));
    }
}

std::size_t Controllers::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace ajour::hawkbit

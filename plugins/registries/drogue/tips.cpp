// SPDX-License-Identifier: Apache-2.0
#include "tips.hpp"

namespace ajour::drogue_registry {

using sdk::DeviceId;

bool Tips::put(const DeviceId& object) {
    const std::lock_guard lock(mutex_);
    if (waiting_.contains(object)) return true;
    if (waiting_.size() >= max_) {
        metrics_.events_dropped.add();
        return false;
    }
    waiting_.insert(object);
    count();
    return true;
}

std::optional<DeviceId> Tips::take() {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return std::nullopt;
    const DeviceId object = waiting_.extract(waiting_.begin()).value();
    count();
    return object;
}

bool Tips::is_empty() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
}

void Tips::count() {
    metrics_.events_waiting.set(static_cast<std::int64_t>(waiting_.size()));
}

}  // namespace ajour::drogue_registry

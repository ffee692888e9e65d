// SPDX-License-Identifier: Apache-2.0
#include "exchange/lanes.hpp"

#include <algorithm>

namespace ajour::exchange {

Lanes::Place Lanes::join(const std::shared_ptr<Parked>& parked) {
    const std::lock_guard lock(mutex_);
    if (by_deadline_.size() >= limits_.waiting) return Place::None;
    auto& queue = queues_[parked->device()];
    if (queue.size() >= limits_.depth) return Place::None;
    by_deadline_.push_back(parked);
    queue.push_back({parked, std::prev(by_deadline_.end())});
    waiting_metric_.add();
    return queue.size() == 1 ? Place::First : Place::Behind;
}

std::shared_ptr<Parked> Lanes::leave(const std::shared_ptr<Parked>& parked) {
    const std::lock_guard lock(mutex_);
    const auto found = queues_.find(parked->device());
    if (found == queues_.end()) return nullptr;
    auto& queue = found->second;
    const auto entry = std::find_if(queue.begin(), queue.end(),
                                    [&](const Entry& each) { return each.parked == parked; });
    if (entry == queue.end()) return nullptr;
    const bool was_first = entry == queue.begin();
    by_deadline_.erase(entry->place);
    queue.erase(entry);
    waiting_metric_.add(-1);
    if (queue.empty()) {
        queues_.erase(found);
        return nullptr;
    }
    return was_first ? queue.front().parked : nullptr;
}

std::vector<std::shared_ptr<Parked>> Lanes::overdue(work::Instant now, bool everything) const {
    std::vector<std::shared_ptr<Parked>> passed;
    const std::lock_guard lock(mutex_);
    for (const auto& parked : by_deadline_) {
        if (!everything && parked->deadline() > now) break;
        passed.push_back(parked);
    }
    return passed;
}

}  // namespace ajour::exchange

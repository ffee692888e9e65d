// SPDX-License-Identifier: Apache-2.0
#include "exchange/brake.hpp"

namespace ajour::exchange {

bool Brake::stops(std::string_view address) const {
    if (address.empty()) return false;
    const std::lock_guard lock(mutex_);
    const auto found = by_address_.find(address);
    return found != by_address_.end() && found->second->count >= limits_.failures &&
           clock_.now() < found->second->until;
}

unsigned Brake::count_failure(std::string_view address) {
    if (address.empty()) return 0;
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    const auto found = by_address_.find(address);
    auto& failures =
        found == by_address_.end() ? begin(address, now + limits_.window) : *found->second;
    if (now >= failures.until) {
        failures.count = 0;
        failures.until = now + limits_.window;
        by_end_.splice(by_end_.end(), by_end_, found->second);
    }
    ++failures.count;
    return failures.count == limits_.failures ? failures.count : 0;
}

Brake::Failures& Brake::begin(std::string_view address, work::Instant until) {
    if (by_end_.size() >= limits_.addresses) {
        by_address_.erase(by_end_.front().address);
        by_end_.pop_front();
    }
    by_end_.push_back({std::string(address), 0, until});
    by_address_.emplace(by_end_.back().address, std::prev(by_end_.end()));
    return by_end_.back();
}

}  // namespace ajour::exchange

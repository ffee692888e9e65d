// SPDX-License-Identifier: Apache-2.0
#include "firmware/supplies.hpp"

#include <utility>
#include <vector>

namespace ajour::firmware {

namespace {

constexpr std::size_t buckets_a_call = 256;

bool is_idle(const Supplies::Holder& supply) {
    return supply.use_count() == 1;
}

}  // namespace

/// Looks at some only, and goes on behind them at the next call; null: none among those.
Supplies::Holder Supplies::take_one_idle() {
    for (std::size_t looked = 0; looked < buckets_a_call; ++looked) {
        const auto bucket = hand_++ % by_key_.bucket_count();
        for (auto it = by_key_.begin(bucket); it != by_key_.end(bucket); ++it) {
            if (!is_idle(it->second)) continue;
            auto idle = std::move(it->second);
            by_key_.erase(by_key_.find(it->first));
            return idle;
        }
    }
    return nullptr;
}

void Supplies::forget_idle() {
    std::vector<Holder> idle;  // ends after the lock
    const std::lock_guard lock(mutex_);
    for (auto it = by_key_.begin(); it != by_key_.end();) {
        if (is_idle(it->second)) {
            idle.push_back(std::move(it->second));
            it = by_key_.erase(it);
        } else {
            ++it;
        }
    }
    show_count();
}

}  // namespace ajour::firmware

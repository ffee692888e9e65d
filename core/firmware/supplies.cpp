// SPDX-License-Identifier: Apache-2.0
#include "firmware/supplies.hpp"

#include <utility>

namespace ajour::firmware {

namespace {

constexpr std::size_t buckets_a_call = 256;

bool is_idle(const Supplies::Holder& supply) {
    return supply.use_count() == 1;
}

}  // namespace

Supplies::Holder Supplies::find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : found->second;
}

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

std::vector<Supplies::Holder> Supplies::take_idle() {
    std::vector<Holder> idle;
    for (auto it = by_key_.begin(); it != by_key_.end();) {
        if (is_idle(it->second)) {
            idle.push_back(std::move(it->second));
            it = by_key_.erase(it);
        } else {
            ++it;
        }
    }
    return idle;
}

std::vector<Supplies::Holder> Supplies::all() const {
    std::vector<Holder> all;
    all.reserve(by_key_.size());
    for (const auto& [key, supply] : by_key_) all.push_back(supply);
    return all;
}

}  // namespace ajour::firmware

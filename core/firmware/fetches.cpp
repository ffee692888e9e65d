// SPDX-License-Identifier: Apache-2.0
#include "firmware/fetches.hpp"

namespace ajour::firmware {

bool Fetches::begin(const Fetch& fetch, Waiting waiting) {
    const std::lock_guard lock(mutex_);
    const auto [place, first] = running_.try_emplace(fetch);
    if (!first) place->second.push_back(std::move(waiting));
    return first;
}

std::vector<Fetches::Waiting> Fetches::end(const Fetch& fetch) {
    std::vector<Waiting> all;
    const std::lock_guard lock(mutex_);
    const auto place = running_.find(fetch);
    all.swap(place->second);
    running_.erase(place);
    return all;
}

}  // namespace ajour::firmware

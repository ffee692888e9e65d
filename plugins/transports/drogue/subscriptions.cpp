// SPDX-License-Identifier: Apache-2.0
#include "subscriptions.hpp"

#include <algorithm>
#include <iterator>

namespace ajour::drogue {

void Subscriptions::restart(const std::vector<std::string>& wanted) {
    asked_.clear();
    for (const auto& filter : wanted) asked_[filter] = {};
}

Subscriptions::Change Subscriptions::change_to(const std::vector<std::string>& wanted, Moment now) {
    Change change;
    for (auto at = asked_.begin(); at != asked_.end();) {
        const bool stays = std::ranges::binary_search(wanted, at->first);
        if (!stays && !at->second.refused) change.end.push_back(at->first);
        at = stays ? std::next(at) : asked_.erase(at);
    }
    for (const auto& filter : wanted) {
        const auto [at, is_new] = asked_.try_emplace(filter);
        if (!is_new && (!at->second.refused || now < at->second.again)) continue;
        at->second = {};
        change.begin.push_back(filter);
    }
    return change;
}

void Subscriptions::not_granted(const std::string& filter, Moment now) {
    const auto found = asked_.find(filter);
    if (found != asked_.end()) found->second = {true, now + again_after_};
}

std::size_t Subscriptions::refused() const noexcept {
    return static_cast<std::size_t>(
        std::ranges::count_if(asked_, [](const auto& each) { return each.second.refused; }));
}

}  // namespace ajour::drogue

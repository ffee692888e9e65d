// SPDX-License-Identifier: Apache-2.0
#include "application_list.hpp"

#include <algorithm>

namespace ajour::drogue {

bool ApplicationList::take(const std::vector<std::string>& page) {
    for (const auto& name : page) keep(name);
    seen_ += page.size();
    // Longer than was asked for: the server knows no pages, and this was all.
    const bool is_whole = page.size() == bounds_.page;
    return is_whole && !cut_ && seen_ <= bounds_.most + excluded_.size();
}

void ApplicationList::keep(const std::string& name) {
    if (std::ranges::find(excluded_, name) != excluded_.end()) return;
    if (names_.size() < bounds_.most) {
        names_.push_back(name);
    } else {
        cut_ = true;
    }
}

}  // namespace ajour::drogue

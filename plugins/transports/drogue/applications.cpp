// SPDX-License-Identifier: Apache-2.0
#include "applications.hpp"

#include "topic_name.hpp"

#include <algorithm>
#include <utility>

namespace ajour::drogue {

Applications::Applications(std::vector<std::string> names, std::vector<std::string> excluded)
    : excluded_(std::move(excluded)) {
    if (!names.empty()) set(std::move(names));
}

void Applications::set(std::vector<std::string> names) {
    std::erase_if(names, [&](const std::string& name) {
        return !mqtt_client::is_name(name) || std::ranges::find(excluded_, name) != excluded_.end();
    });
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const std::lock_guard lock(mutex_);
    names_ = std::move(names);
    known_ = true;
}

std::vector<std::string> Applications::names() const {
    const std::lock_guard lock(mutex_);
    return names_;
}

bool Applications::are_known() const {
    const std::lock_guard lock(mutex_);
    return known_;
}

}  // namespace ajour::drogue

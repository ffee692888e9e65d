// SPDX-License-Identifier: Apache-2.0
#include "suspects.hpp"

namespace ajour::drogue {

void Suspects::accuse(const std::vector<std::string>& topics, Moment now) {
    for (const auto& topic : topics) {
        if (known_.size() >= most && !known_.contains(topic)) continue;
        auto& record = known_[topic];
        if (++record.times >= times) record.until = now + pause_;
    }
}

bool Suspects::must_wait(const std::string& topic, Moment now) noexcept {
    if (known_.empty()) return false;
    const auto found = known_.find(topic);
    if (found == known_.end() || found->second.times < times) return false;
    if (now < found->second.until) return true;
    known_.erase(found);
    return false;
}

}  // namespace ajour::drogue

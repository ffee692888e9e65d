// SPDX-License-Identifier: Apache-2.0
// Which applications devices were lately looked up in: those are looked through for changes. The
// time is given. [any]
#pragma once

#include "metrics.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace ajour::drogue_registry {

class Active {
public:
    using Instant = std::chrono::steady_clock::time_point;

    /// `always` are active whatever happens, and count as any.
    Active(const std::vector<std::string>& always, std::size_t max, std::chrono::milliseconds idle,
           Metrics& metrics);

    /// Not noted when there are too many: its devices are known by their age then.
    /// True: it became active.
    bool note(const std::string& application, Instant now);
    /// Without those that were idle for too long, which it forgets.
    std::vector<std::string> names(Instant now);

private:
    const std::set<std::string> always_;
    const std::size_t max_;
    const std::chrono::milliseconds idle_;
    Metrics& metrics_;
    std::mutex mutex_;  // guards last_
    std::map<std::string, Instant> last_;
};

}  // namespace ajour::drogue_registry

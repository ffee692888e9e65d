// SPDX-License-Identifier: Apache-2.0
#include "fleet/calendar.hpp"

#include <algorithm>
#include <chrono>

namespace ajour::fleet {
namespace {

constexpr std::chrono::hours longest_pass{24 * 365};

}  // namespace

certificates::Time this_second() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

work::Instant instant_of(certificates::Time end, const work::Clock& clock) {
    if (end == certificates::Time::max()) return work::Instant::max();
    return clock.now() + std::min<std::chrono::seconds>(end - this_second(), longest_pass);
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "pause.hpp"

#include <algorithm>

namespace ajour::drogue_registry {

Pause::Milliseconds Pause::left(Instant now) const {
    return is_over(now) ? Milliseconds::zero() : std::chrono::ceil<Milliseconds>(end_ - now);
}

void Pause::begin(Instant now, Milliseconds asked) {
    if (is_over(now)) last_ = std::clamp(last_ * 2, shortest_, longest_);
    end_ = std::max(end_, now + std::clamp(asked, last_, std::max(last_, longest_)));
}

}  // namespace ajour::drogue_registry

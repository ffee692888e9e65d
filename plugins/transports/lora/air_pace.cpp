// SPDX-License-Identifier: Apache-2.0
#include "air_pace.hpp"

#include <algorithm>

namespace ajour::lora {

using std::chrono::microseconds;
using std::chrono::milliseconds;

milliseconds pace_of(const Allowance& allowance, microseconds air_time,
                     AirBudget::Band band) noexcept {
    const bool own_band = band == AirBudget::Band::Second && allowance.second_network;
    const auto network = own_band ? *allowance.second_network : allowance.network;
    constexpr std::int64_t an_hour = milliseconds(std::chrono::hours(1)).count();
    milliseconds pace{0};
    for (const auto allowed : {allowance.device, allowance.application, network}) {
        if (allowed <= microseconds::zero()) continue;
        pace = std::max(pace, milliseconds(air_time.count() * an_hour / allowed.count()));
    }
    return pace;
}

}  // namespace ajour::lora

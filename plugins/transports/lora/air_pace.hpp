// SPDX-License-Identifier: Apache-2.0
// How often a downlink may be sent for as long as one likes. Pure.
#pragma once

#include "air_budget.hpp"

#include <chrono>

namespace ajour::lora {

/// From one downlink of so much air time to the next, when no other takes a part of the scarcest
/// allowance; zero: there is no bound.
std::chrono::milliseconds pace_of(const Allowance& allowance, std::chrono::microseconds air_time,
                                  AirBudget::Band band = AirBudget::Band::First) noexcept;

}  // namespace ajour::lora

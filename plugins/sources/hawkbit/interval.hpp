// SPDX-License-Identifier: Apache-2.0
// How often hawkBit wants to be asked, as it says it. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <chrono>
#include <string_view>

namespace ajour::hawkbit {

/// `HH:MM:SS`, or an ISO 8601 duration of weeks, days, hours, minutes and seconds (`PT24H`,
/// `P1DT12H`). Malformed: anything else, or more than 100 years.
sdk::Result<std::chrono::seconds> parse_interval(std::string_view text);

}  // namespace ajour::hawkbit

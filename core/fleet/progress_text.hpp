// SPDX-License-Identifier: Apache-2.0
// How far a device is, and when it has all, as a text of its conditions. Pure.
#pragma once

#include "fleet/forecast.hpp"
#include "fleet/time_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::fleet {

/// The percentage, a bare number with two decimals; of an update that takes a minute or longer, or
/// waits for air time, or whose last command was dropped, also what is left. Drogue Cloud's console
/// reads no further than that number, its command line prints all of it. `at` is the forecast's
/// time.
std::string progress_text(std::uint32_t offset, std::uint32_t size, const Forecast& forecast,
                          Moment at);

/// "a block in 15 min as air time allows; the next waits for ..."; empty when nothing is known.
std::string pace_text(const Forecast& forecast, Moment at);

/// "the device", "its application", "the band".
std::string_view text_of(sdk::Delay::Share share) noexcept;

/// "it is too long for the data rate"
std::string_view text_of(sdk::Drop drop) noexcept;

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Times as people read them. Pure.
#pragma once

#include <chrono>
#include <string>

namespace ajour::fleet {

using Moment = std::chrono::system_clock::time_point;

/// RFC 3339, in UTC and whole seconds: "2023-01-27T10:11:12Z".
std::string time_text(Moment at);

/// In the unit that gives it at most three digits or so: "250 ms", "28 s", "15 min", "5.5 h", "3
/// days".
std::string span_text(std::chrono::milliseconds span);

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "fleet/time_text.hpp"

#include <cstdio>
#include <ctime>

namespace ajour::fleet {

namespace {

struct Unit {
    const char* name;
    double seconds;
    double until;  // how many seconds are told in it
};

constexpr Unit units[] = {{"ms", 0.001, 1},
                          {"s", 1, 120},
                          {"min", 60, 7'200},
                          {"h", 3'600, 172'800},
                          {"days", 86'400, 0}};

}  // namespace

std::string time_text(Moment at) {
    const auto time = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string span_text(std::chrono::milliseconds span) {
    const auto seconds = static_cast<double>(span.count()) / 1000;
    const auto* unit = units;
    while (unit->until > 0 && seconds >= unit->until) ++unit;
    char text[64];
    std::snprintf(text, sizeof text, "%.3g %s", seconds / unit->seconds, unit->name);
    return text;
}

}  // namespace ajour::fleet

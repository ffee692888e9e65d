// SPDX-License-Identifier: Apache-2.0
#include "store/timestamp.hpp"

#include <cctype>
#include <cstdio>

namespace ajour::store {

namespace {

/// Takes as much as the pattern says, where '0' stands for a digit and 'T' for T, t or a space.
bool take(std::string_view& text, std::string_view pattern) noexcept {
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char found = text[i];
        const bool fits = pattern[i] == '0'   ? std::isdigit(static_cast<unsigned char>(found)) != 0
                          : pattern[i] == 'T' ? found == 'T' || found == 't' || found == ' '
                                              : found == pattern[i];
        if (!fits) return false;
    }
    text.remove_prefix(pattern.size());
    return true;
}

}  // namespace

std::string timestamp(std::chrono::system_clock::time_point at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::nanoseconds(at - day));
    char text[64];
    const int length = std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()),
        static_cast<long long>(time.subseconds().count()));
    return {text, static_cast<std::size_t>(length)};
}

bool is_timestamp(std::string_view text) noexcept {
    if (!take(text, "0000-00-00T00:00:00")) return false;
    if (take(text, ".0")) {
        while (take(text, "0")) {
        }
    }
    return text == "Z" || text == "z" ||
           ((take(text, "+00:00") || take(text, "-00:00")) && text.empty());
}

}  // namespace ajour::store

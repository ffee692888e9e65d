// SPDX-License-Identifier: Apache-2.0
#include "interval.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t DigitsMax = 9;
constexpr std::int64_t SecondsMax = 100LL * 366 * 24 * 3600;

/// Takes a number of 1 to 9 digits off the front.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::size_t length = 0;
    std::int64_t number = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9') {
        if (length == DigitsMax) return std::nullopt;
        number = 10 * number + (text[length++] - '0');
    }
    text.remove_prefix(length);
    return length == 0 ? std::nullopt : std::optional(number);
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> clock_time(std::string_view text) {
    const auto hours = take_number(text);
    if (!hours || !take(text, ':')) return std::nullopt;
    const auto minutes = take_number(text);
    if (!minutes || *minutes > 59 || !take(text, ':')) return std::nullopt;
    const auto seconds = take_number(text);
    if (!seconds || *seconds > 59 || !text.empty()) return std::nullopt;
    return *hours * 3600 + *minutes * 60 + *seconds;
}

struct Unit {
    char letter;
    bool of_time;  ///< stands behind the T
    std::int64_t seconds;
};
constexpr Unit units[] = {{'W', false, 7 * 24 * 3600},
                          {'D', false, 24 * 3600},
                          {'H', true, 3600},
                          {'M', true, 60},
                          {'S', true, 1}};

/// The fraction of a second does not count.
void skip_fraction(std::string_view& text) {
    auto rest = text;
    if ((take(rest, '.') || take(rest, ',')) && take_number(rest) && rest.starts_with('S')) {
        text = rest;
    }
}

/// Units in their order, each at most once, at least one; one behind the T when there is a T.
std::optional<std::int64_t> iso_duration(std::string_view text) {
    if (!take(text, 'P')) return std::nullopt;
    std::int64_t sum = 0;
    std::size_t next = 0;
    bool in_time = false, found = false;
    while (!text.empty()) {
        if (!in_time && take(text, 'T')) {
            in_time = true;
            found = false;
        }
        const auto number = take_number(text);
        if (!number) return std::nullopt;
        skip_fraction(text);
        while (next < std::size(units) &&
               (units[next].of_time != in_time || !text.starts_with(units[next].letter)))
            ++next;
        if (next == std::size(units)) return std::nullopt;
        text.remove_prefix(1);
        sum += *number * units[next++].seconds;
        found = true;
    }
    return found ? std::optional(sum) : std::nullopt;
}

}  // namespace

Result<std::chrono::seconds> parse_interval(std::string_view text) {
    const auto seconds = text.starts_with('P') ? iso_duration(text) : clock_time(text);
    if (seconds && *seconds <= SecondsMax) return std::chrono::seconds(*seconds);
    return Error{ErrorKind::Malformed, "the poll interval is " + std::to_string(text.size()) +
                                           " bytes that are neither HH:MM:SS nor an ISO 8601 "
                                           "duration"};
}

}  // namespace ajour::hawkbit

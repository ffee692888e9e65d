// SPDX-License-Identifier: Apache-2.0
// Retry-After (RFC 9110 section 10.2.3) with the three forms of dates (section 5.6.7).
#include "characters.hpp"
#include "message.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace ajour::http_client {
namespace {

constexpr std::int64_t longest = 24 * 60 * 60;
constexpr std::size_t date_max = 64;

using Words = std::vector<std::string_view>;

Words words_of(std::string_view date) {
    Words words;
    while (!date.empty() && date.size() <= date_max) {
        const auto end = std::min(date.find_first_of(" ,:-"), date.size());
        if (end > 0) words.push_back(date.substr(0, end));
        date.remove_prefix(std::min(end + 1, date.size()));
    }
    return words;
}

/// -1 when it is no number of at most four digits.
int number_of(std::string_view text) {
    if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), is_digit))
        return -1;
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

unsigned month_of(std::string_view text) {
    constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto place = text.size() == 3 ? names.find(text) : std::string_view::npos;
    return place == std::string_view::npos || place % 3 != 0 ? 0
                                                             : static_cast<unsigned>(place / 3 + 1);
}

int full_year(std::string_view text) {
    const auto year = number_of(text);
    if (text.size() != 2 || year < 0) return year;
    return year < 70 ? 2000 + year : 1900 + year;
}

std::optional<std::int64_t> seconds_of(const Words& time) {
    const auto hour = number_of(time[0]), minute = number_of(time[1]), second = number_of(time[2]);
    const bool is_time =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    if (!is_time) return std::nullopt;
    return (hour * 60 + minute) * 60 + second;
}

/// Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or
/// "Sun Nov  6 08:49:37 1994".
std::optional<std::int64_t> date_of(std::string_view text) {
    const auto words = words_of(text);
    if (words.size() != 7 && (words.size() != 8 || words[7] != "GMT")) return std::nullopt;
    const bool is_asctime = words.size() == 7;
    const auto day = number_of(words[is_asctime ? 2 : 1]);
    const auto year = full_year(words[is_asctime ? 6 : 3]);
    const auto clock = is_asctime ? words.begin() + 3 : words.begin() + 4;
    const auto seconds = seconds_of(Words(clock, clock + 3));
    if (day < 0 || year < 0 || !seconds) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(month_of(words[is_asctime ? 1 : 2])),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t{86'400} + *seconds;
}

std::int64_t seconds_from(std::string_view value, std::int64_t now) {
    if (!value.empty() && std::all_of(value.begin(), value.end(), is_digit)) {
        std::int64_t seconds = longest;
        std::from_chars(value.data(), value.data() + value.size(), seconds);
        return seconds;
    }
    const auto date = date_of(value);
    return date && *date > now ? (now < *date - longest ? longest : *date - now) : 0;
}

}  // namespace

std::uint32_t retry_after(const Response& response, std::int64_t now) {
    const auto* value = response.header("retry-after");
    if (value == nullptr) return 0;
    return static_cast<std::uint32_t>(std::min(seconds_from(trimmed(*value), now), longest));
}

}  // namespace ajour::http_client

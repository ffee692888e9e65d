// SPDX-License-Identifier: Apache-2.0
#include "fleet/validity.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>

namespace ajour::fleet {

using certificates::Time;

namespace {

namespace chrono = std::chrono;

/// Reads a text from its front; once something does not fit, nothing fits any more.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_(text) {}

    int digits(std::size_t count) noexcept {
        const auto taken = take(count);
        int number = 0;
        const auto [end, error] = std::from_chars(taken.begin(), taken.end(), number);
        if (error != std::errc() || end != taken.end() || number < 0) good_ = false;
        return number;
    }
    char one_of(std::string_view expected) noexcept {
        const auto taken = take(1);
        if (taken.empty() || expected.find(taken[0]) == expected.npos) good_ = false;
        return taken.empty() ? '\0' : taken[0];
    }
    void skip_fraction() noexcept {
        if (!text_.starts_with('.')) return;
        const auto end = text_.find_first_not_of("0123456789", 1);
        if (end == 1) good_ = false;
        text_.remove_prefix(std::min(end, text_.size()));
    }
    bool is_read_whole() const noexcept { return good_ && text_.empty(); }

private:
    std::string_view take(std::size_t count) noexcept {
        if (text_.size() < count) good_ = false;
        if (!good_) return {};
        const auto taken = text_.substr(0, count);
        text_.remove_prefix(count);
        return taken;
    }

    std::string_view text_;
    bool good_ = true;
};

chrono::minutes read_offset(Reader& reader) noexcept {
    const char sign = reader.one_of("Zz+-");
    if (sign != '+' && sign != '-') return {};
    const chrono::hours hours(reader.digits(2));
    reader.one_of(":");
    const auto offset = hours + chrono::minutes(reader.digits(2));
    return sign == '+' ? offset : -offset;
}

chrono::year_month_day read_date(Reader& reader) noexcept {
    const chrono::year year(reader.digits(4));
    reader.one_of("-");
    const chrono::month month(static_cast<unsigned>(reader.digits(2)));
    reader.one_of("-");
    return {year, month, chrono::day(static_cast<unsigned>(reader.digits(2)))};
}

chrono::seconds read_time(Reader& reader) noexcept {
    const chrono::hours hours(reader.digits(2));
    reader.one_of(":");
    const chrono::minutes minutes(reader.digits(2));
    reader.one_of(":");
    const chrono::seconds seconds(reader.digits(2));
    reader.skip_fraction();
    return hours + minutes + seconds;
}

}  // namespace

std::optional<Time> moment_of(std::string_view text) noexcept {
    Reader reader(text);
    const auto date = read_date(reader);
    reader.one_of("Tt ");
    const auto time = read_time(reader);
    const auto offset = read_offset(reader);
    if (!reader.is_read_whole() || !date.ok()) return std::nullopt;
    return chrono::sys_days(date) + time - offset;
}

std::optional<Time> end_of(const PreSharedKey& key, Time now) noexcept {
    if (!key.not_before.empty()) {
        const auto begin = moment_of(key.not_before);
        if (!begin || now < *begin) return std::nullopt;
    }
    if (key.not_after.empty()) return Time::max();
    const auto last = moment_of(key.not_after);
    if (!last || now > *last) return std::nullopt;
    return *last + chrono::seconds(1);
}

}  // namespace ajour::fleet

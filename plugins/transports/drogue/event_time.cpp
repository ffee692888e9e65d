// SPDX-License-Identifier: Apache-2.0
#include "event_time.hpp"

#include <cstddef>

namespace ajour::drogue {
namespace {

namespace chrono = std::chrono;

/// Takes digits and marks off a text; once something is not as expected it stays so.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_(text) {}

    bool is_sound() const noexcept { return sound_; }
    bool is_at_end() const noexcept { return sound_ && text_.empty(); }

    bool takes(std::string_view choices) noexcept {
        if (text_.empty() || choices.find(text_.front()) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }
    void expect(std::string_view choices) noexcept { sound_ = takes(choices) && sound_; }

    int number(int length, int most) noexcept {
        int value = 0;
        for (int i = 0; i < length; ++i) value = value * 10 + digit();
        sound_ = sound_ && value <= most;
        return value;
    }

    /// A fraction of a second, of which three digits count.
    chrono::milliseconds fraction() noexcept {
        int value = 0;
        int length = 0;
        while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
            const int next = digit();
            if (length++ < 3) value = value * 10 + next;
        }
        sound_ = sound_ && length > 0;
        for (; length < 3; ++length) value *= 10;
        return chrono::milliseconds(value);
    }

private:
    int digit() noexcept {
        const bool is_one = !text_.empty() && text_.front() >= '0' && text_.front() <= '9';
        sound_ = sound_ && is_one;
        if (!is_one) return 0;
        const int value = text_.front() - '0';
        text_.remove_prefix(1);
        return value;
    }

    std::string_view text_;
    bool sound_ = true;
};

chrono::minutes read_offset(Reader& reader) noexcept {
    if (reader.takes("Zz")) return chrono::minutes(0);
    const bool is_behind = reader.takes("-");
    if (!is_behind) reader.expect("+");
    const int hours = reader.number(2, 23);
    reader.expect(":");
    const chrono::minutes offset(hours * 60 + reader.number(2, 59));
    return is_behind ? -offset : offset;
}

}  // namespace

std::optional<Moment> parse_time(std::string_view text) noexcept {
    Reader reader(text);
    const chrono::year year(reader.number(4, 9999));
    reader.expect("-");
    const chrono::month month(static_cast<unsigned>(reader.number(2, 12)));
    reader.expect("-");
    const chrono::year_month_day date(year, month,
                                      chrono::day(static_cast<unsigned>(reader.number(2, 31))));
    reader.expect("Tt ");
    const chrono::hours hours(reader.number(2, 23));
    reader.expect(":");
    const chrono::minutes minutes(reader.number(2, 59));
    reader.expect(":");
    chrono::milliseconds rest = chrono::seconds(reader.number(2, 60));
    if (reader.takes(".")) rest += reader.fraction();
    const auto offset = read_offset(reader);
    if (!reader.is_at_end() || !date.ok()) return std::nullopt;
    return Moment(chrono::sys_days(date)) + hours + minutes + rest - offset;
}

bool Freshness::is_stale(Moment event, Moment now) const noexcept {
    if (longest_age == longest_age.zero()) return false;
    return now - event > longest_age || event - now > clock_skew;
}

}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
#include "settings/value.hpp"

#include "settings/problem.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
};

constexpr std::array size_units{Unit{"", 1}, Unit{"KiB", 1LL << 10}, Unit{"MiB", 1LL << 20},
                                Unit{"GiB", 1LL << 30}};
constexpr std::array duration_units{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000},
                                    Unit{"h", 3'600'000}, Unit{"d", 86'400'000}};
constexpr std::array no_units{Unit{"", 1}};

std::span<const Unit> units_of(std::int32_t kind) noexcept {
    if (kind == AJOUR_SETTING_SIZE) return size_units;
    if (kind == AJOUR_SETTING_DURATION) return duration_units;
    return no_units;
}

/// Decimal digits, for INTEGER with a sign, and a unit right after them.
std::optional<std::int64_t> number_of(std::int32_t kind, std::string_view text) noexcept {
    std::int64_t digits = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), digits);
    if (code != std::errc()) return std::nullopt;
    if (digits < 0 && kind != AJOUR_SETTING_INTEGER) return std::nullopt;
    const auto name = text.substr(static_cast<std::size_t>(end - text.data()));
    const auto units = units_of(kind);
    const auto unit = std::find_if(units.begin(), units.end(),
                                   [&](const Unit& candidate) { return candidate.name == name; });
    if (unit == units.end()) return std::nullopt;
    if (digits > std::numeric_limits<std::int64_t>::max() / unit->factor) return std::nullopt;
    return digits * unit->factor;
}

/// The number with the largest unit that leaves no rest.
std::string number_text(std::int32_t kind, std::int64_t number) {
    const auto units = units_of(kind);
    auto best = units.front();
    for (const auto& unit : units) {
        if (number != 0 && number % unit.factor == 0) best = unit;
    }
    return std::to_string(number / best.factor).append(best.name);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

bool has_bounds(const ajour_setting_row& row) noexcept {
    return row.minimum != 0 || row.maximum != 0;
}

std::string bounds_text(const ajour_setting_row& row) {
    if (!has_bounds(row)) return {};
    return " from " + number_text(row.kind, row.minimum) + " to " +
           number_text(row.kind, row.maximum);
}

bool is_number(std::int32_t kind) noexcept {
    return kind == AJOUR_SETTING_INTEGER || kind == AJOUR_SETTING_SIZE ||
           kind == AJOUR_SETTING_DURATION;
}

std::string_view unit_hint(std::int32_t kind) noexcept {
    if (kind == AJOUR_SETTING_DURATION) return ", a number and ms, s, m, h or d";
    if (kind == AJOUR_SETTING_SIZE) return ", bytes or a number and KiB, MiB or GiB";
    return {};
}

std::optional<Value> value_of(const ajour_setting_row& row, std::string_view text) {
    Value value{row.kind, {}, 0, {}};
    if (is_number(row.kind)) {
        const auto number = number_of(row.kind, text);
        if (!number) return std::nullopt;
        if (has_bounds(row) && (*number < row.minimum || *number > row.maximum)) {
            return std::nullopt;
        }
        value.number = *number;
    } else if (row.kind == AJOUR_SETTING_BOOLEAN) {
        if (text != "true" && text != "false") return std::nullopt;
        value.number = text == "true" ? 1 : 0;
    } else if (row.kind == AJOUR_SETTING_LIST) {
        value.list = words_of(text, ',');
    } else {
        const auto choices = words_of(row.choices == nullptr ? "" : row.choices, '|');
        const bool known = std::find(choices.begin(), choices.end(), text) != choices.end();
        if (row.kind == AJOUR_SETTING_CHOICE && !known) return std::nullopt;
        value.text = text;
    }
    return value;
}

}  // namespace

Result<Value> parse_value(const ajour_setting_row& row, std::string_view text) {
    if (auto value = value_of(row, text)) return std::move(*value);
    const auto found = row.secret != 0 ? std::string("a secret of another form")
                       : text.empty()  ? std::string("nothing")
                                       : in_quotes(text);
    return Error{ErrorKind::Malformed,
                 "found " + found + ", expected " + expected(row).append(unit_hint(row.kind))};
}

std::string expected(const ajour_setting_row& row) {
    switch (row.kind) {
        case AJOUR_SETTING_INTEGER:
            return "an integer" + bounds_text(row);
        case AJOUR_SETTING_BOOLEAN:
            return "true or false";
        case AJOUR_SETTING_DURATION:
            return "a duration" + bounds_text(row);
        case AJOUR_SETTING_SIZE:
            return "a size" + bounds_text(row);
        case AJOUR_SETTING_CHOICE:
            return joined(words_of(row.choices == nullptr ? "" : row.choices, '|'));
        case AJOUR_SETTING_PATH:
            return "a path";
        case AJOUR_SETTING_LIST:
            return "words parted by commas";
        default:
            return row.secret != 0 ? "a secret, file:PATH or env:NAME" : "a text";
    }
}

std::vector<std::string> words_of(std::string_view text, char separator) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto length = std::min(text.find(separator), text.size());
        auto word = text.substr(0, length);
        text.remove_prefix(std::min(length + 1, text.size()));
        const auto first = word.find_first_not_of(" \t\r\n\f\v");
        if (first == std::string_view::npos) continue;
        word = word.substr(first, word.find_last_not_of(" \t\r\n\f\v") - first + 1);
        words.emplace_back(word);
    }
    return words;
}

}  // namespace ajour::settings

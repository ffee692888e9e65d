// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/fake_settings.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <stdexcept>
#include <utility>

namespace ajour::sdk::contract {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
};
constexpr Unit durations[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
constexpr Unit sizes[] = {{"", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}};
constexpr Unit plain[] = {{"", 1}};

std::invalid_argument wrong(std::string_view key, std::string_view found,
                            std::string_view expected) {
    return std::invalid_argument("setting " + std::string(key) + ": found '" + std::string(found) +
                                 "', expected " + std::string(expected));
}

std::span<const Unit> units_of(const ajour_setting_row& row) {
    if (row.kind == AJOUR_SETTING_DURATION) return durations;
    if (row.kind == AJOUR_SETTING_SIZE) return sizes;
    return plain;
}

std::int64_t number_of(const ajour_setting_row& row, std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const auto& [name, factor] : units_of(row)) {
        if (failure != std::errc() || name != unit) continue;
        const auto value = number * factor;
        if (row.minimum == 0 && row.maximum == 0) return value;
        if (value >= row.minimum && value <= row.maximum) return value;
    }
    throw wrong(row.key, text,
                "a number with a known unit, within " + std::to_string(row.minimum) + " and " +
                    std::to_string(row.maximum));
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto word = text.substr(0, text.find(separator));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        word.remove_prefix(std::min(word.size(), word.find_first_not_of(' ')));
        word = word.substr(0, word.find_last_not_of(' ') + 1);
        if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

void check(const ajour_setting_row& row, const std::string& text) {
    switch (row.kind) {
        case AJOUR_SETTING_INTEGER:
        case AJOUR_SETTING_DURATION:
        case AJOUR_SETTING_SIZE:
            (void)number_of(row, text);
            return;
        case AJOUR_SETTING_BOOLEAN:
            if (text != "true" && text != "false") throw wrong(row.key, text, "true or false");
            return;
        case AJOUR_SETTING_CHOICE:
            for (const auto& word : split(row.choices, '|')) {
                if (word == text) return;
            }
            throw wrong(row.key, text, row.choices);
        default:
            return;
    }
}

bool is_of_group(std::string_view row) {
    return row.find('*') != std::string_view::npos;
}

/// Whether the key is the row's, or has a name where the row's key has '*'.
bool is_of(std::string_view row, std::string_view key) {
    if (!is_of_group(row)) return row == key;
    const auto place = row.find('*');
    return key.starts_with(row.substr(0, place)) && key.ends_with(row.substr(place + 1)) &&
           key.size() > row.size() - 1;
}

}  // namespace

FakeSettings::FakeSettings(const ajour_setting_row* rows, SettingValues values,
                           std::filesystem::path base)
    : rows_(rows), values_(std::move(values)), base_(std::move(base)) {
    for (const auto& [key, text] : values_) {
        try {
            check(row(key), text);
        } catch (const std::logic_error& thrown) {
            throw std::invalid_argument(thrown.what());
        }
    }
    for (auto row = rows_; row != nullptr && row->key != nullptr; ++row) {
        if (is_of_group(row->key) || values_.contains(row->key)) continue;
        if (row->required != 0) throw wrong(row->key, "", "a value: it is required");
        if (row->default_value != nullptr) check(*row, row->default_value);
    }
}

const ajour_setting_row& FakeSettings::row(std::string_view key) const {
    for (auto row = rows_; row != nullptr && row->key != nullptr; ++row) {
        if (is_of(row->key, key)) return *row;
    }
    throw std::logic_error("setting " + std::string(key) + " is not in the plugin's table");
}

std::string FakeSettings::value(std::string_view key) const {
    const auto& declared = row(key);
    const auto given = values_.find(std::string(key));
    if (given != values_.end()) return given->second;
    return declared.default_value == nullptr ? "" : declared.default_value;
}

std::string FakeSettings::text(std::string_view key) const {
    const auto found = value(key);
    if (row(key).kind != AJOUR_SETTING_PATH || found.empty()) return found;
    return (base_ / found).lexically_normal().string();
}

std::int64_t FakeSettings::integer(std::string_view key) const {
    const auto found = value(key);
    return found.empty() ? 0 : number_of(row(key), found);
}

bool FakeSettings::boolean(std::string_view key) const {
    return value(key) == "true";
}

std::chrono::milliseconds FakeSettings::duration(std::string_view key) const {
    return std::chrono::milliseconds(integer(key));
}

std::vector<std::string> FakeSettings::list(std::string_view key) const {
    return split(value(key), ',');
}

std::vector<std::string> FakeSettings::names(std::string_view group) const {
    std::vector<std::string> names;
    const auto before = std::string(group) + ".";
    for (const auto& [key, value] : values_) {
        if (!key.starts_with(before) || !is_of_group(row(key).key)) continue;
        auto name = key.substr(before.size());
        name.resize(std::min(name.size(), name.find('.')));
        if (names.empty() || names.back() != name) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace ajour::sdk::contract

// SPDX-License-Identifier: Apache-2.0
// 300 settings, where 256 are allowed; a table without its end looks like this.
#include "bad_plugins/descriptor.hpp"

#include <array>

static constexpr std::size_t count = 300;

struct Key {
    char text[5];
};

static constexpr auto keys = [] {
    std::array<Key, count> made{};
    for (std::size_t i = 0; i < count; ++i) {
        const auto digit = [](std::size_t number) { return static_cast<char>('0' + number % 10); };
        made[i] = {{'k', digit(i / 100), digit(i / 10), digit(i), '\0'}};
    }
    return made;
}();

static constexpr auto rows = [] {
    std::array<ajour_setting_row, count + 1> made{};
    for (std::size_t i = 0; i < count; ++i) {
        made[i] = {keys[i].text, AJOUR_SETTING_TEXT, "", 0, 0, 0, 0, nullptr, "One of many."};
    }
    return made;
}();

EXPORT_SPOILT(settings, rows.data());

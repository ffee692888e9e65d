// SPDX-License-Identifier: Apache-2.0
// Takes a topic apart at its slashes. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace ajour::lorawan {

/// The levels of a topic that has exactly `count` of them.
template <std::size_t count>
std::optional<std::array<std::string_view, count>> levels_of(std::string_view topic) noexcept {
    std::array<std::string_view, count> levels;
    for (std::size_t i = 0; i < count; ++i) {
        const auto end = topic.find('/');
        if ((end == std::string_view::npos) != (i + 1 == count)) return std::nullopt;
        levels[i] = topic.substr(0, end);
        if (end != std::string_view::npos) topic.remove_prefix(end + 1);
    }
    return levels;
}

}  // namespace ajour::lorawan

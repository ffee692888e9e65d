// SPDX-License-Identifier: Apache-2.0
#include "settings/problem.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace ajour::settings {

namespace {

/// Of "etc/ajour.properties:12"; what has none counts as behind all lines.
std::size_t line_of(const std::string& origin) noexcept {
    const auto colon = origin.rfind(':');
    std::size_t line = SIZE_MAX;
    if (colon == std::string::npos) return line;
    const auto* end = origin.data() + origin.size();
    const auto [last, error] = std::from_chars(origin.data() + colon + 1, end, line);
    return error == std::errc() && last == end ? line : SIZE_MAX;
}

}  // namespace

std::string Problem::sentence() const {
    std::string sentence;
    for (const auto& part : {origin, key}) {
        if (!part.empty()) sentence += part + ": ";
    }
    return sentence + text;
}

void add(Problems& problems, Problem problem) {
    if (problems.size() < problems_max) {
        problems.push_back(std::move(problem));
    } else if (problems.size() == problems_max) {
        problems.push_back({"", "", "there are more problems than are shown here"});
    }
}

void add_all(Problems& problems, const Problems& more) {
    for (const auto& problem : more) add(problems, problem);
}

void sort_by_line(Problems& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const auto& one, const auto& other) {
        return line_of(one.origin) < line_of(other.origin);
    });
}

std::string text_of(const Problems& problems) {
    std::string text;
    for (const auto& problem : problems) text += problem.sentence() + "\n";
    return text;
}

std::string in_quotes(std::string_view found) {
    constexpr std::size_t longest = 80;
    std::string text = "'";
    for (const char byte : found.substr(0, longest)) {
        const auto code = static_cast<unsigned char>(byte);
        text += code < 0x20 || code == 0x7f ? '?' : byte;
    }
    return text + (found.size() > longest ? "...'" : "'");
}

}  // namespace ajour::settings

// SPDX-License-Identifier: Apache-2.0
#include "content_range.hpp"

#include "characters.hpp"

#include <charconv>
#include <limits>

namespace ajour::http_client {
namespace {

/// The number that stands before `end`, which is taken too; `end` 0: the rest.
std::optional<std::uint64_t> take_number(std::string_view& text, char end) {
    const auto size = end == 0 ? text.size() : text.find(end);
    if (size == std::string_view::npos) return std::nullopt;
    std::uint64_t number = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + size, number);
    const bool is_number = size > 0 && fault == std::errc() && stop == text.data() + size &&
                           number < std::numeric_limits<std::uint64_t>::max();
    if (!is_number) return std::nullopt;
    text.remove_prefix(end == 0 ? size : size + 1);
    return number;
}

}  // namespace

std::optional<ContentRange> parse_content_range(std::string_view text) {
    constexpr std::string_view unit = "bytes ";
    text = trimmed(text);
    if (lower_case(text.substr(0, unit.size())) != unit) return std::nullopt;
    text = trimmed(text.substr(unit.size()));
    const auto first = take_number(text, '-');
    const auto last = first ? take_number(text, '/') : std::nullopt;
    if (!last || *last < *first) return std::nullopt;
    if (text == "*") return ContentRange{*first, *last, std::nullopt};
    const auto total = take_number(text, 0);
    if (!total || *total <= *last) return std::nullopt;
    return ContentRange{*first, *last, total};
}

}  // namespace ajour::http_client

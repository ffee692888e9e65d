// SPDX-License-Identifier: Apache-2.0
#include "query.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace ajour::sender {
namespace {

std::string_view text_of(std::span<const char> chars) noexcept {
    return {chars.data(), chars.size()};
}

int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    const char lower = static_cast<char>(digit | 0x20);
    if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
    return -1;
}

/// What stands before the separator; `text` keeps what follows it.
std::span<char> take_until(std::span<char>& text, char separator) noexcept {
    const auto end = static_cast<std::size_t>(std::ranges::find(text, separator) - text.begin());
    const auto taken = text.first(end);
    text = text.subspan(std::min(end + 1, text.size()));
    return taken;
}

std::string_view form_decode(std::span<char> value) noexcept {
    std::ranges::replace(value, '+', ' ');
    return text_of(percent_decode(value));
}

bool set_once(std::optional<std::string_view>& place, std::string_view value) noexcept {
    if (place) return false;
    place = value;
    return true;
}

bool set_timeout(std::optional<std::chrono::seconds>& place, std::string_view value) noexcept {
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(value.begin(), value.end(), seconds);
    if (place || value.empty() || error != std::errc() || end != value.end()) return false;
    place = std::chrono::seconds(seconds);
    return true;
}

bool read_parameter(std::span<char> parameter, Query& query) noexcept {
    const auto name = form_decode(take_until(parameter, '='));
    if (name == "ct" || name == "commandTimeout") {
        return set_timeout(query.command_timeout, form_decode(parameter));
    }
    if (name == "application") return set_once(query.application, form_decode(parameter));
    if (name == "device") return set_once(query.device, form_decode(parameter));
    if (name == "as") return set_once(query.as, form_decode(parameter));
    return true;
}

}  // namespace

std::span<char> percent_decode(std::span<char> text) noexcept {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at, ++kept) {
        text[kept] = text[at];
        if (text[at] != '%' || at + 2 >= text.size()) continue;
        const int high = hex_value(text[at + 1]);
        const int low = hex_value(text[at + 2]);
        if (high < 0 || low < 0) continue;
        text[kept] = static_cast<char>(high * 16 + low);
        at += 2;
    }
    return text.first(kept);
}

bool read_query(std::span<char> text, Query& query) noexcept {
    while (!text.empty()) {
        if (!read_parameter(take_until(text, '&'), query)) return false;
    }
    return true;
}

}  // namespace ajour::sender

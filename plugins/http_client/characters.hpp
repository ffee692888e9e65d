// SPDX-License-Identifier: Apache-2.0
// Classes of ASCII characters, whatever the locale says.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace ajour::http_client {

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
constexpr bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_hexadecimal(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_control(char c) noexcept {
    return (c >= 0 && c < ' ') || c == '\x7f';
}

inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// A token as names of headers and methods are (RFC 9110 section 5.6.2).
inline bool is_token(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
    });
}

inline std::string_view trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

inline void append_percent(std::string& text, char c) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    text.push_back('%');
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
}

/// At most `max` characters for people, with "?" for what cannot be printed.
inline std::string printable(std::string_view text, std::size_t max) {
    std::string shown(text.substr(0, max));
    for (auto& c : shown) {
        if (c < ' ' || c > '~') c = '?';
    }
    return shown;
}

}  // namespace ajour::http_client

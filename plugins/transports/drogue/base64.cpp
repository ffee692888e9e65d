// SPDX-License-Identifier: Apache-2.0
#include "base64.hpp"

#include <array>
#include <cstdint>

namespace ajour::drogue {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t none = 0xff;

constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(none);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        table[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    return table;
}();

std::string_view without_padding(std::string_view text) noexcept {
    if (text.size() % 4 != 0) return text;
    if (text.ends_with("==")) return text.substr(0, text.size() - 2);
    if (text.ends_with('=')) return text.substr(0, text.size() - 1);
    return text;
}

}  // namespace

bool decode_base64(std::string_view text, sdk::Bytes& bytes) {
    text = without_padding(text);
    bytes.clear();
    if (text.size() % 4 == 1) return false;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char digit : text) {
        const auto value = values[static_cast<std::uint8_t>(digit)];
        if (value == none) return false;
        bits = bits << 6 | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<std::uint8_t>(bits >> count));
    }
    return (bits & ((1U << count) - 1)) == 0;
}

std::string encode_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto part = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8 | (i < part.size() ? static_cast<std::uint8_t>(part[i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= part.size() ? digits[bits >> (18 - 6 * i) & 63] : '=';
        }
    }
    return text;
}

}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
#include "name.hpp"

#include <cstddef>
#include <cstdint>

namespace ajour::sender {
namespace {

/// The length of the UTF-8 sequence that a byte begins; 0 when it begins none (RFC 3629).
std::size_t sequence_length(std::uint8_t lead) noexcept {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    if (lead >= 0xf0 && lead <= 0xf4) return 4;
    return 0;
}

/// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool second_byte_fits(std::uint8_t lead, std::uint8_t second) noexcept {
    switch (lead) {
        case 0xe0:
            return second >= 0xa0;
        case 0xed:
            return second <= 0x9f;
        case 0xf0:
            return second >= 0x90;
        case 0xf4:
            return second <= 0x8f;
        default:
            return true;
    }
}

bool is_sequence(std::string_view bytes) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return false;
    }
    return bytes.size() == 1 || second_byte_fits(byte(0), byte(1));
}

}  // namespace

bool is_text(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto lead = static_cast<std::uint8_t>(text.front());
        const auto length = sequence_length(lead);
        if (length == 0 || length > text.size()) return false;
        if (lead < 0x20 || lead == 0x7f || !is_sequence(text.substr(0, length))) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 255 && is_text(text);
}

}  // namespace ajour::sender

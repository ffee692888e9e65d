// SPDX-License-Identifier: Apache-2.0
#include "name.hpp"

#include <cstddef>
#include <cstdint>

namespace ajour::mqtt {
namespace {

constexpr std::size_t most_name_bytes = 255;
constexpr std::size_t most_topic_bytes = 1024;

/// The smallest code points that need 2, 3 and 4 bytes; smaller ones in as many bytes are overlong.
constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

std::size_t sequence_length(std::uint8_t lead) noexcept {
    if (lead < 0x80) return 1;
    if ((lead & 0xe0) == 0xc0) return 2;
    if ((lead & 0xf0) == 0xe0) return 3;
    if ((lead & 0xf8) == 0xf0) return 4;
    return 0;
}

/// The length of the character that a text begins with; 0 when it begins with none (RFC 3629).
std::size_t character_length(std::string_view text) noexcept {
    const auto lead = static_cast<std::uint8_t>(text.front());
    const auto length = sequence_length(lead);
    if (length <= 1 || length > text.size()) return length > text.size() ? 0 : length;
    std::uint32_t code = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<std::uint8_t>(text[i]);
        if ((next & 0xc0) != 0x80) return 0;
        code = code << 6 | (next & 0x3fU);
    }
    const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < smallest[length] || code > 0x10ffff || is_surrogate ? 0 : length;
}

bool is_text(std::string_view text, std::string_view banned) noexcept {
    while (!text.empty()) {
        const auto length = character_length(text);
        const auto lead = static_cast<std::uint8_t>(text.front());
        if (length == 0 || lead < 0x20 || lead == 0x7f) return false;
        if (banned.find(text.front()) != std::string_view::npos) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

bool is_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_name_bytes && is_text(text, "/+#");
}

bool is_topic(std::string_view text) noexcept {
    if (text.empty() || text.size() > most_topic_bytes || text.front() == '$') return false;
    return is_text(text, "+#");
}

}  // namespace ajour::mqtt

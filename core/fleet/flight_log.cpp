// SPDX-License-Identifier: Apache-2.0
#include "fleet/flight_log.hpp"

#include "digest/base64.hpp"
#include "digest/sha256.hpp"
#include "json/json.hpp"

#include <algorithm>

namespace ajour::fleet {

namespace {

std::string hex_of(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text.append({digits[value >> 4], digits[value & 15]});
    }
    return text;
}

int nibble(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

std::string bytes_of_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0) return {};
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

}  // namespace

std::string print_flight(const update::Flight& flight) {
    if (flight.version.empty()) return {};
    return json::print({{"version", hex_of(flight.version)},
                        {"sha256", flight.sha256.hex()},
                        {"size", flight.size},
                        {"swap_sent", flight.swap_sent},
                        {"returns", flight.returns}});
}

update::Flight read_flight(std::string_view text) {
    if (text.empty()) return {};
    const auto read = json::parse(text);
    if (!read) return {};
    const auto sha256 = digest::parse_hex(json::text(*read, "sha256"));
    const auto size = json::number(*read, "size");
    if (!sha256 || !size || *size > UINT32_MAX) return {};
    update::Flight flight;
    flight.version = bytes_of_hex(json::text(*read, "version"));
    flight.sha256 = *sha256;
    flight.size = static_cast<std::uint32_t>(*size);
    const auto returns = json::number(*read, "returns").value_or(0);
    flight.returns = static_cast<std::uint8_t>(std::min<std::uint64_t>(returns, UINT8_MAX));
    const auto* swap_sent = json::member(*read, "swap_sent");
    flight.swap_sent = swap_sent != nullptr && swap_sent->is_boolean() && swap_sent->get<bool>();
    return flight;
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "distribution/basic.hpp"

#include <cstdint>

namespace ajour::oci {

namespace {

constexpr std::string_view Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string in_base64(std::string_view bytes) {
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<std::uint8_t>(byte);
        for (count += 8; count >= 6; count -= 6) text += Alphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) text += Alphabet[bits << (6 - count) & 63];
    while (text.size() % 4 != 0) text += '=';
    return text;
}

}  // namespace

std::string basic_authorization(std::string_view user, std::string_view password) {
    return "Basic " + in_base64(std::string(user).append(1, ':').append(password));
}

}  // namespace ajour::oci

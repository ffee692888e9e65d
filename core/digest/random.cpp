// SPDX-License-Identifier: Apache-2.0
#include "digest/random.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <climits>
#include <stdexcept>

namespace ajour::digest {

void fill_randomly(std::span<std::uint8_t> bytes) {
    if (bytes.size() > INT_MAX || RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the system's random generator failed");
    }
}

sdk::Bytes random_bytes(std::size_t count) {
    sdk::Bytes bytes(count);
    fill_randomly(bytes);
    return bytes;
}

std::string random_uuid() {
    constexpr char digits[] = "0123456789abcdef";
    std::array<std::uint8_t, 16> bytes{};
    fill_randomly(bytes);
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
        text.push_back(digits[bytes[i] >> 4]);
        text.push_back(digits[bytes[i] & 15]);
    }
    return text;
}

bool equal_in_constant_time(sdk::ByteView left, sdk::ByteView right) noexcept {
    return left.size() == right.size() &&
           (left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

}  // namespace ajour::digest

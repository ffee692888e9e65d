// SPDX-License-Identifier: Apache-2.0
#include "sip_hash.hpp"

#include <bit>
#include <cstddef>
#include <cstring>

namespace ajour::coap {

SipHash::SipHash(const SipKey& key) noexcept
    : v0_(key[0] ^ 0x736f6d6570736575ULL),
      v1_(key[1] ^ 0x646f72616e646f6dULL),
      v2_(key[0] ^ 0x6c7967656e657261ULL),
      v3_(key[1] ^ 0x7465646279746573ULL) {}

SipHash& SipHash::add(sdk::ByteView bytes) noexcept {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto held = length_ % 8;
        if (held == 0 && bytes.size() - at >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at, 8);
            if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
            compress(word);
            at += 8;
            length_ += 8;
            continue;
        }
        tail_ |= static_cast<std::uint64_t>(bytes[at++]) << (8 * held);
        ++length_;
        if (held != 7) continue;
        compress(tail_);
        tail_ = 0;
    }
    return *this;
}

SipHash& SipHash::add(std::uint64_t number) noexcept {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xffU);
    }
    return add(bytes);
}

std::uint64_t SipHash::finish() noexcept {
    compress(tail_ | length_ << 56);
    v2_ ^= 0xff;
    for (int i = 0; i < 4; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
}

void SipHash::compress(std::uint64_t word) noexcept {
    v3_ ^= word;
    round();
    round();
    v0_ ^= word;
}

void SipHash::round() noexcept {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v1_;
    v0_ += v3_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ = std::rotl(v2_, 32);
}

}  // namespace ajour::coap

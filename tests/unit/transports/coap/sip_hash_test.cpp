// SPDX-License-Identifier: Apache-2.0
#include "sip_hash.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ajour::coap {
namespace {

constexpr SipKey key{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL};

sdk::Bytes counting(std::size_t size) {
    sdk::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
}

TEST(SipHash, gives_the_values_of_its_specification) {
    EXPECT_EQ(SipHash(key).finish(), 0x726fdb47dd0e0e31ULL);
    EXPECT_EQ(SipHash(key).add(counting(1)).finish(), 0x74f839c593dc67fdULL);
    EXPECT_EQ(SipHash(key).add(counting(8)).finish(), 0x93f5f5799a932462ULL);
    EXPECT_EQ(SipHash(key).add(counting(15)).finish(), 0xa129ca6149be45e5ULL);
}

TEST(SipHash, does_not_depend_on_where_the_pieces_end) {
    const auto bytes = counting(40);
    const auto whole = SipHash(key).add(bytes).finish();
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        SipHash hash(key);
        hash.add(sdk::ByteView(bytes).first(cut)).add(sdk::ByteView(bytes).subspan(cut));
        EXPECT_EQ(hash.finish(), whole) << cut;
    }
}

}  // namespace
}  // namespace ajour::coap

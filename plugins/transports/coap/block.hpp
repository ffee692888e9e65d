// SPDX-License-Identifier: Apache-2.0
// The value of the options Block1 and Block2 (RFC 7959 section 2.2). Pure.
#pragma once

#include "number.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ajour::coap {

struct Block {
    std::uint32_t number = 0;
    bool more = false;
    std::uint8_t exponent = 6;  ///< 0 to 6: the block has 16 << exponent bytes

    std::size_t size() const noexcept { return std::size_t{16} << exponent; }
    std::size_t offset() const noexcept { return number * size(); }
    std::uint32_t encoded() const noexcept { return number << 4 | (more ? 8U : 0U) | exponent; }
};

/// Nothing when the value is longer than 3 bytes, or its size is the reserved one.
inline std::optional<Block> block_of(sdk::ByteView value) noexcept {
    const auto number = number_of(value);
    if (!number || value.size() > 3 || (*number & 7U) == 7) return std::nullopt;
    return Block{*number >> 4, (*number & 8U) != 0, static_cast<std::uint8_t>(*number & 7U)};
}

}  // namespace ajour::coap

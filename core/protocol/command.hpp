// SPDX-License-Identifier: Apache-2.0
// What a device is told. Views point to memory of whoever made the command. Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>

namespace ajour::protocol {

using CorrelationId = std::optional<std::uint32_t>;

struct Wait {
    CorrelationId correlation_id;
    std::optional<std::uint32_t> poll;  ///< seconds
};

struct Sync {
    sdk::ByteView version;
    CorrelationId correlation_id;
    std::optional<std::uint32_t> poll;  ///< seconds
};

struct Write {
    sdk::ByteView version;
    CorrelationId correlation_id;
    std::uint32_t offset = 0;
    sdk::ByteView data;
};

struct Swap {
    sdk::ByteView version;
    CorrelationId correlation_id;
    sdk::ByteView checksum;  ///< SHA-256 of the whole image
};

using Command = std::variant<Wait, Sync, Write, Swap>;

/// Most bytes that a command takes besides its data and its version.
constexpr std::size_t command_overhead = 24;

/// Writes a command as packed CBOR, definite and minimal, and gives the number of bytes; 0 when
/// `room` is too small, in which case its content is undefined.
std::size_t encode(const Command& command, std::span<std::uint8_t> room) noexcept;

}  // namespace ajour::protocol

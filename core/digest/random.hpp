// SPDX-License-Identifier: Apache-2.0
// Bytes that nobody can guess, and comparisons that tell nothing by their time.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ajour::digest {

/// Fills from the system's generator. Throws std::runtime_error when that one fails.
void fill_randomly(std::span<std::uint8_t> bytes);
sdk::Bytes random_bytes(std::size_t count);

/// A version 4 UUID (RFC 4122 section 4.4), lower case.
std::string random_uuid();

/// Whether the bytes are the same; its time depends on the sizes only.
bool equal_in_constant_time(sdk::ByteView left, sdk::ByteView right) noexcept;

}  // namespace ajour::digest

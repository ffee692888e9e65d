// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648 section 4), by OpenSSL.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ajour::digest {

/// Absent when the text is not padded base64, or has white space in it.
std::optional<sdk::Bytes> decode_base64(std::string_view text);

/// Padded, on one line.
std::string encode_base64(sdk::ByteView bytes);

}  // namespace ajour::digest

// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648 section 4). Pure.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <string>
#include <string_view>

namespace ajour::drogue {

/// Writes what the text means; false when it is no base64. Padding may be left out. What was in
/// `bytes` is overwritten either way.
bool decode_base64(std::string_view text, sdk::Bytes& bytes);

std::string encode_base64(std::string_view bytes);

}  // namespace ajour::drogue

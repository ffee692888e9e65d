// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ajour::oci {

/// The bytes of a text in base64 (RFC 4648 section 4); nothing when it is not exactly that: padding
/// is required, white space and bits beyond the last byte are not taken.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace ajour::oci

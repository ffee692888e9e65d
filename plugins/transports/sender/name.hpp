// SPDX-License-Identifier: Apache-2.0
// What can name an application or a device. Pure.
#pragma once

#include <string_view>

namespace ajour::sender {

/// Whether these bytes are UTF-8 (RFC 3629) without control characters.
bool is_text(std::string_view text) noexcept;

/// Whether a text can name an application or a device: 1 to 255 bytes of UTF-8 without control
/// characters.
bool is_name(std::string_view text) noexcept;

}  // namespace ajour::sender

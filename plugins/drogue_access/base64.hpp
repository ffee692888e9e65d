// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648 section 4). Pure.
#pragma once

#include <string>
#include <string_view>

namespace ajour::drogue_access {

std::string encode_base64(std::string_view bytes);

}  // namespace ajour::drogue_access

// SPDX-License-Identifier: Apache-2.0
// Times as texts of RFC 3339 in UTC with nine digits of fraction: "2023-01-27T10:11:12.123456789Z".
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace ajour::store {

std::string timestamp(std::chrono::system_clock::time_point at);

/// Whether the text has RFC 3339's form (section 5.6), with any fraction and any offset.
bool is_timestamp(std::string_view text) noexcept;

}  // namespace ajour::store

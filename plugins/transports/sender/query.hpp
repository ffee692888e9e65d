// SPDX-License-Identifier: Apache-2.0
// Reads the query parameters that count for a status. Pure, allocates nothing.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace ajour::sender {

/// The parameters of Drogue Cloud's device endpoint. The views point into the text that was read.
struct Query {
    std::optional<std::string_view> application;
    std::optional<std::string_view> device;
    std::optional<std::string_view> as;
    std::optional<std::chrono::seconds> command_timeout;
};

/// Adds the parameters of a urlencoded text to a query and decodes them in place. False when a
/// known parameter is given twice, or `ct` is not a whole number of seconds. Unknown parameters do
/// not count.
bool read_query(std::span<char> text, Query& query) noexcept;

/// Decodes %XX in place and returns the shorter text; what is no valid escape stays as it is (RFC
/// 3986 2.1).
std::span<char> percent_decode(std::span<char> text) noexcept;

}  // namespace ajour::sender

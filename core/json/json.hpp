// SPDX-License-Identifier: Apache-2.0
// The door to nlohmann-json: bounded parsing, and reading of members without exceptions.
#pragma once

#include <ajour/sdk/result.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ajour {

using Json = nlohmann::json;

namespace json {

struct Bounds {
    std::size_t bytes = 1 << 20;
    int depth = 32;
};

/// Parses one JSON document. Malformed names the place and what was found; duplicate keys: the last
/// one counts.
sdk::Result<Json> parse(std::string_view text, const Bounds& bounds = {});

/// The member of that name, or null when `value` is no object or has none. Lives as long as
/// `value`.
const Json* member(const Json& value, std::string_view name) noexcept;

/// Follows member after member.
const Json* at(const Json& value, std::initializer_list<std::string_view> path) noexcept;

/// The member as text; empty when it is not there or not a string.
std::string text(const Json& value, std::string_view name);

/// The member as a whole number from 0 to 2^63 - 1.
std::optional<std::uint64_t> number(const Json& value, std::string_view name) noexcept;

/// Compact text. Bytes that are not UTF-8 are replaced, so it never fails.
std::string print(const Json& value);

}  // namespace json
}  // namespace ajour

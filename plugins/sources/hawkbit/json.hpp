// SPDX-License-Identifier: Apache-2.0
// JSON texts of others, bounded: objects and their members by kind. The plugin's door to
// nlohmann-json. Knows no member by name.
#pragma once

#include <ajour/sdk/result.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::hawkbit {

using Json = nlohmann::json;

/// Texts that are nested deeper are refused before they are read.
inline constexpr std::size_t DepthMax = 32;

/// A JSON object; Malformed says where else the text is wrong, without repeating it.
sdk::Result<Json> parse_object(std::string_view text);

/// The member of an object, or null: when it is absent, null, or `object` is no object.
const Json* member(const Json& object, const char* name);

/// A text of at most `max` bytes; absent when the member is. Malformed: it is something else.
sdk::Result<std::optional<std::string>> text_member(const Json& object, const char* name,
                                                    std::size_t max);

/// A number that is no fraction and not negative; else as above.
sdk::Result<std::optional<std::uint64_t>> count_member(const Json& object, const char* name);

/// An object or an array with at most `max` members, or null; else as above.
sdk::Result<const Json*> object_member(const Json& object, const char* name, std::size_t max);
sdk::Result<const Json*> array_member(const Json& object, const char* name, std::size_t max);

/// The text of a value, with what is no UTF-8 replaced. Only for values that we made.
std::string text_of(const Json& value);

/// At most `max` printable ASCII characters of what somebody else said, for people.
std::string printable(std::string_view text, std::size_t max = 80);

sdk::Error malformed(std::string text);

}  // namespace ajour::hawkbit

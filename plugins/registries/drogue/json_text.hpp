// SPDX-License-Identifier: Apache-2.0
// JSON as text: where a member or an element stands, and what it is replaced by. What is not
// touched stays as it was, byte for byte, also numbers that no machine type holds. Pure; the
// plugin's door to nlohmann-json, with firmware_status.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ajour::drogue_registry {

/// Whether it is one JSON value and nothing else, nested at most 64 deep. The functions below want
/// such a text.
bool is_json(std::string_view text);

/// The member's value, the last of that name; empty when there is none or `object` is none.
std::string_view member(std::string_view object, std::string_view name);

/// The same, member after member.
std::string_view member_at(std::string_view object, std::initializer_list<std::string_view> path);

/// What a string means; empty when the value is none.
std::string text_of(std::string_view value);

/// Malformed: it is no array, or has more than `max` elements.
sdk::Result<std::vector<std::string_view>> elements(std::string_view array, std::size_t max);

/// `object` with that member's value in the place of what it had; with the member at its end when
/// it had none.
std::string with_member(std::string_view object, std::string_view name, std::string_view value);

}  // namespace ajour::drogue_registry

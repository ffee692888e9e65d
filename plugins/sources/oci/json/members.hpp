// SPDX-License-Identifier: Apache-2.0
// Members of a JSON object with their type and their bounds; each error names the member, what was
// found and what was expected.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ajour::oci {

/// Malformed: "NAME is FOUND, expected EXPECTED", or "NAME is missing, expected ...".
sdk::Error unexpected(const Value& object, std::string_view name, std::string_view expected);

/// A text of at most `max` bytes; empty when it is not there.
sdk::Result<std::string> optional_text(const Value& object, std::string_view name, std::size_t max);

/// A text of 1 to `max` bytes.
sdk::Result<std::string> required_text(const Value& object, std::string_view name, std::size_t max);

/// A whole number from 0 to `max`.
sdk::Result<std::uint64_t> required_number(const Value& object, std::string_view name,
                                           std::uint64_t max);

/// A list of at most `max`; null when it is not there.
sdk::Result<const Value::List*> optional_list(const Value& object, std::string_view name,
                                              std::size_t max);

/// An object of at most `max` members; null when it is not there.
sdk::Result<const Value*> optional_object(const Value& object, std::string_view name,
                                          std::size_t max);

/// The document, if it is an object.
sdk::Result<Value> parse_object(std::string_view text, const JsonBounds& bounds = {});

}  // namespace ajour::oci

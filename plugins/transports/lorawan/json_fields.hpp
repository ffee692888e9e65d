// SPDX-License-Identifier: Apache-2.0
// Reads single members of a JSON object without building a document. The door to nlohmann-json.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ajour::lorawan {

/// A member that is wanted, by its path from the outermost object: "txInfo/modulation". One of the
/// two says where it goes; a member of another kind is an Error.
struct JsonField {
    std::string_view path;
    std::string* text = nullptr;
    std::optional<std::uint64_t>* number = nullptr;
};

/// Fills what is there and not null; what is in a list is not looked at. Malformed says what is
/// wrong, and repeats nothing of the text.
sdk::Result<void> read_fields(std::string_view json, std::span<const JsonField> fields);

}  // namespace ajour::lorawan

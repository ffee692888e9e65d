// SPDX-License-Identifier: Apache-2.0
// A JSON document from a server, in bounds. The plugin's door to nlohmann-json.
#pragma once

#include <ajour/sdk/result.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ajour::oci {

struct JsonBounds {
    std::size_t bytes = 4U << 20;
    std::size_t values = 1U << 16;  ///< of all kinds, in the whole document
    std::size_t depth = 32;
};

class Value {
public:
    using List = std::vector<Value>;
    using Members = std::map<std::string, Value, std::less<>>;
    struct OtherNumber {};  ///< negative, or with a fraction

    Value() = default;

    /// Malformed: it is no JSON, names a member twice, or is over a bound; never repeats more than
    /// a few bytes of it.
    static sdk::Result<Value> parse(std::string_view text, const JsonBounds& bounds = {});

    /// The member of that name; null when this is no object, has none, or it is `null`.
    const Value* member(std::string_view name) const;
    const std::string* text() const { return std::get_if<std::string>(&content_); }
    const std::uint64_t* number() const { return std::get_if<std::uint64_t>(&content_); }
    const bool* boolean() const { return std::get_if<bool>(&content_); }
    const List* list() const { return std::get_if<List>(&content_); }
    const Members* members() const { return std::get_if<Members>(&content_); }

    /// For people: a number or a short text as it is, of others only the kind.
    std::string described() const;

private:
    friend class ValueBuilder;

    std::variant<std::monostate, bool, std::uint64_t, OtherNumber, std::string, List, Members>
        content_;
};

/// At most `max` bytes of a text from a server, the unprintable ones replaced by "?".
std::string printable(std::string_view text, std::size_t max = 80);

}  // namespace ajour::oci

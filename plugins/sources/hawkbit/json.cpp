// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <algorithm>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// The deepest nesting, told by brackets outside of texts; right for any text that is JSON.
std::size_t depth_of(std::string_view text) {
    std::size_t depth = 0, deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') ++i;
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
        if ((c == '}' || c == ']') && depth > 0) --depth;
    }
    return deepest;
}

Error unexpected(const char* name, const Json& found, const std::string& expected) {
    return malformed(std::string(name) + " is of type " + found.type_name() + ", expected " +
                     expected);
}

Result<const Json*> bounded(const char* name, const Json& found, std::size_t max) {
    if (found.size() <= max) return &found;
    return malformed(std::string(name) + " has " + std::to_string(found.size()) +
                     " members, at most " + std::to_string(max));
}

}  // namespace

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

std::string printable(std::string_view text, std::size_t max) {
    std::string shown(text.substr(0, max));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
    return text.size() > max ? shown + "..." : shown;
}

Result<Json> parse_object(std::string_view text) {
    if (depth_of(text) > DepthMax) {
        return malformed("JSON nested deeper than " + std::to_string(DepthMax));
    }
    try {
        auto value = Json::parse(text);
        if (value.is_object()) return value;
        return malformed(std::string("found JSON of type ") + value.type_name() +
                         ", expected an object");
    } catch (const Json::parse_error& thrown) {
        return malformed("not JSON: error at byte " + std::to_string(thrown.byte) + " of \"" +
                         printable(text, 40) + "\"");
    } catch (const Json::exception&) {
        return malformed("not JSON: a number is out of range");
    }
}

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

Result<std::optional<std::string>> text_member(const Json& object, const char* name,
                                               std::size_t max) {
    const auto* found = member(object, name);
    if (found == nullptr) return std::optional<std::string>();
    const auto* text = found->get_ptr<const std::string*>();
    if (text == nullptr) return unexpected(name, *found, "a text");
    if (text->size() <= max) return std::optional(*text);
    return malformed(std::string(name) + " has " + std::to_string(text->size()) +
                     " bytes, at most " + std::to_string(max));
}

Result<std::optional<std::uint64_t>> count_member(const Json& object, const char* name) {
    const auto* found = member(object, name);
    if (found == nullptr) return std::optional<std::uint64_t>();
    if (found->is_number_unsigned()) return std::optional(found->get<std::uint64_t>());
    return unexpected(name, *found, "a whole number that is not negative");
}

Result<const Json*> object_member(const Json& object, const char* name, std::size_t max) {
    const auto* found = member(object, name);
    if (found == nullptr) return found;
    if (!found->is_object()) return unexpected(name, *found, "an object");
    return bounded(name, *found, max);
}

Result<const Json*> array_member(const Json& object, const char* name, std::size_t max) {
    const auto* found = member(object, name);
    if (found == nullptr) return found;
    if (!found->is_array()) return unexpected(name, *found, "an array");
    return bounded(name, *found, max);
}

std::string text_of(const Json& value) {
    return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#include "json/members.hpp"

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

std::string up_to(std::size_t max, const char* what) {
    return "at most " + std::to_string(max) + what;
}

}  // namespace

Error unexpected(const Value& object, std::string_view name, std::string_view expected) {
    const auto* found = object.member(name);
    const auto what = found == nullptr ? std::string("missing") : found->described();
    return {ErrorKind::Malformed,
            std::string(name) + " is " + what + ", expected " + std::string(expected)};
}

Result<std::string> optional_text(const Value& object, std::string_view name, std::size_t max) {
    const auto* found = object.member(name);
    if (found == nullptr) return std::string();
    const auto* text = found->text();
    if (text != nullptr && text->size() <= max) return *text;
    return unexpected(object, name, "a text of " + up_to(max, " bytes"));
}

Result<std::string> required_text(const Value& object, std::string_view name, std::size_t max) {
    auto text = optional_text(object, name, max);
    if (!text || !text->empty()) return text;
    return unexpected(object, name, "a text of 1 to " + std::to_string(max) + " bytes");
}

Result<std::uint64_t> required_number(const Value& object, std::string_view name,
                                      std::uint64_t max) {
    const auto* found = object.member(name);
    const auto* number = found == nullptr ? nullptr : found->number();
    if (number != nullptr && *number <= max) return *number;
    return unexpected(object, name, "a number from 0 to " + std::to_string(max));
}

Result<const Value::List*> optional_list(const Value& object, std::string_view name,
                                         std::size_t max) {
    const auto* found = object.member(name);
    if (found == nullptr) return static_cast<const Value::List*>(nullptr);
    const auto* list = found->list();
    if (list != nullptr && list->size() <= max) return list;
    if (list == nullptr) return unexpected(object, name, "a list");
    return Error{ErrorKind::Malformed, std::string(name) + " has " + std::to_string(list->size()) +
                                           " entries, expected " + up_to(max, "")};
}

Result<const Value*> optional_object(const Value& object, std::string_view name, std::size_t max) {
    const auto* found = object.member(name);
    if (found == nullptr) return found;
    const auto* members = found->members();
    if (members != nullptr && members->size() <= max) return found;
    if (members == nullptr) return unexpected(object, name, "an object");
    return Error{ErrorKind::Malformed, std::string(name) + " has " +
                                           std::to_string(members->size()) + " members, expected " +
                                           up_to(max, "")};
}

Result<Value> parse_object(std::string_view text, const JsonBounds& bounds) {
    auto value = Value::parse(text, bounds);
    if (!value || value->members() != nullptr) return value;
    return Error{ErrorKind::Malformed, "found " + value->described() + ", expected a JSON object"};
}

}  // namespace ajour::oci

// SPDX-License-Identifier: Apache-2.0
#include "json/json.hpp"

#include <algorithm>
#include <stdexcept>

namespace ajour::json {

using sdk::Error;
using sdk::ErrorKind;

namespace {

struct TooDeep : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// nlohmann-json quotes what it last read, which may be long and may hold any byte.
std::string shortened(std::string_view what) {
    const auto tag = what.starts_with("[json.exception.") ? what.find("] ") : what.npos;
    if (tag != what.npos) what.remove_prefix(tag + 2);
    std::string text(what.substr(0, 200));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

Json parse_bounded(std::string_view text, int depth) {
    const auto refuse_depth = [depth](int level, Json::parse_event_t event, const Json&) {
        const bool opens =
            event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
        if (opens && level >= depth) {
            throw TooDeep("nested deeper than " + std::to_string(depth) + " levels");
        }
        return true;
    };
    return Json::parse(text.begin(), text.end(), refuse_depth);
}

}  // namespace

sdk::Result<Json> parse(std::string_view text, const Bounds& bounds) {
    if (text.size() > bounds.bytes) {
        return Error{ErrorKind::Malformed, "JSON of " + std::to_string(text.size()) +
                                               " bytes, at most " + std::to_string(bounds.bytes)};
    }
    if (text.find('\0') != text.npos) {  // nlohmann-json would take it for the end
        return Error{ErrorKind::Malformed, "not JSON: a byte 0"};
    }
    try {
        return parse_bounded(text, bounds.depth);
    } catch (const Json::exception& thrown) {
        return Error{ErrorKind::Malformed, "not JSON: " + shortened(thrown.what())};
    } catch (const TooDeep& thrown) {
        return Error{ErrorKind::Malformed, std::string("not JSON for us: ") + thrown.what()};
    }
}

const Json* member(const Json& value, std::string_view name) noexcept {
    if (!value.is_object()) return nullptr;
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

const Json* at(const Json& value, std::initializer_list<std::string_view> path) noexcept {
    const Json* here = &value;
    for (const auto name : path) {
        here = member(*here, name);
        if (here == nullptr) return nullptr;
    }
    return here;
}

std::string text(const Json& value, std::string_view name) {
    const auto* found = member(value, name);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> number(const Json& value, std::string_view name) noexcept {
    const auto* found = member(value, name);
    if (found == nullptr || !found->is_number_integer()) return std::nullopt;
    if (found->is_number_unsigned()) {
        const auto wide = found->get<std::uint64_t>();
        return wide <= INT64_MAX ? std::optional(wide) : std::nullopt;
    }
    const auto narrow = found->get<std::int64_t>();
    return narrow >= 0 ? std::optional(static_cast<std::uint64_t>(narrow)) : std::nullopt;
}

std::string print(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ajour::json

// SPDX-License-Identifier: Apache-2.0
#include "json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ajour::drogue_registry {

namespace {

using nlohmann::json;

constexpr std::size_t depth_max = 64;
constexpr std::string_view blanks = " \t\r\n";

/// The deepest nesting, told by brackets outside of strings; right for any text that is JSON.
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

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Splits the inside of an object or array of right JSON at a character outside of nested values.
class Inside {
public:
    /// `value` without its brackets, when it begins with `open`.
    Inside(std::string_view value, char open) {
        value = trimmed(value);
        if (value.size() >= 2 && value.front() == open) rest_ = value.substr(1, value.size() - 2);
    }

    /// The text up to the next `stop`, which is passed over, or to the end.
    std::string_view take(char stop) {
        std::size_t at = 0, depth = 0;
        bool quoted = false;
        for (; at < rest_.size(); ++at) {
            const char c = rest_[at];
            if (quoted) {
                if (c == '\\') ++at;
                quoted = c != '"';
                continue;
            }
            if (c == stop && depth == 0) break;
            quoted = c == '"';
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && depth > 0) --depth;
        }
        const auto taken = rest_.substr(0, at);
        rest_.remove_prefix(std::min(rest_.size(), at + 1));
        return trimmed(taken);
    }
    bool is_over() const { return trimmed(rest_).empty(); }

private:
    std::string_view rest_;
};

bool is_name(std::string_view key, std::string_view name) {
    if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name) return true;
    return key.find('\\') != key.npos && text_of(key) == name;
}

std::string quoted(std::string_view text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

bool is_json(std::string_view text) {
    // nlohmann-json would take a byte 0 for the end.
    if (text.find('\0') != text.npos || depth_of(text) > depth_max) return false;
    return json::accept(text.begin(), text.end());
}

std::string_view member(std::string_view object, std::string_view name) {
    std::string_view found;
    for (Inside inside(object, '{'); !inside.is_over();) {
        const auto key = inside.take(':');
        const auto value = inside.take(',');
        if (is_name(key, name)) found = value;
    }
    return found;
}

std::string_view member_at(std::string_view object, std::initializer_list<std::string_view> path) {
    for (const auto name : path) object = member(object, name);
    return object;
}

std::string text_of(std::string_view value) {
    const auto parsed = json::parse(value.begin(), value.end(), nullptr, false);
    return parsed.is_string() ? parsed.get<std::string>() : std::string();
}

sdk::Result<std::vector<std::string_view>> elements(std::string_view array, std::size_t max) {
    if (!trimmed(array).starts_with('[')) {
        return sdk::Error{sdk::ErrorKind::Malformed, "found JSON that is no array"};
    }
    std::vector<std::string_view> found;
    for (Inside inside(array, '['); !inside.is_over();) {
        if (found.size() == max) {
            return sdk::Error{sdk::ErrorKind::Malformed,
                              "found an array of more than " + std::to_string(max) + " elements"};
        }
        found.push_back(inside.take(','));
    }
    return found;
}

std::string with_member(std::string_view object, std::string_view name, std::string_view value) {
    object = trimmed(object);
    std::string made;
    if (const auto former = member(object, name); !former.empty()) {
        const auto begin = static_cast<std::size_t>(former.data() - object.data());
        made.append(object.substr(0, begin)).append(value);
        return made.append(object.substr(begin + former.size()));
    }
    const bool is_empty = Inside(object, '{').is_over();
    made.append(object.empty() ? "{" : object.substr(0, object.size() - 1));
    if (!is_empty) made.append(",");
    return made.append(quoted(name)).append(":").append(value).append("}");
}

}  // namespace ajour::drogue_registry

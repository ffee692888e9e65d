// SPDX-License-Identifier: Apache-2.0
#include "settings/overrides.hpp"

#include "settings/groups.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace ajour::settings {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

const char* environment_of_process(const char* name) {
    return std::getenv(name);
}

std::string variable_of(std::string_view key) {
    constexpr std::string_view own = "ajour.";
    std::string name = "AJOUR_";
    name += key.starts_with(own) ? key.substr(own.size()) : key;
    std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
        if (letter == '.' || letter == '-') return '_';
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return name;
}

void apply_environment(Document& document, const Table& table, const Environment& environment) {
    std::set<std::string> named_keys;
    for (const auto& row : with_names(document, table, named_keys).rows) {
        const auto key = table.full_key(row);
        const auto name = variable_of(key);
        const char* value = environment(name.c_str());
        if (value != nullptr) document.put(key, {value, {Level::Environment, name, 0}});
    }
}

Result<void> apply_flag(Document& document, std::string_view assignment, std::string_view flag) {
    const auto sign = assignment.find('=');
    const auto key = assignment.substr(0, std::min(sign, assignment.size()));
    if (sign == std::string_view::npos || !is_key(key)) {
        return Error{ErrorKind::Malformed,
                     std::string(flag) + ": found " + in_quotes(key) + ", expected key=value"};
    }
    document.put(std::string(key),
                 {std::string(assignment.substr(sign + 1)), {Level::Flag, std::string(flag), 0}});
    return {};
}

}  // namespace ajour::settings

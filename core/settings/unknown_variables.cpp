// SPDX-License-Identifier: Apache-2.0
#include "settings/unknown_variables.hpp"

#include "settings/groups.hpp"
#include "settings/nearest.hpp"
#include "settings/overrides.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

namespace ajour::settings {

namespace {

/// Of the programs themselves.
constexpr std::array<std::string_view, 3> own{"AJOUR_CONFIG", "AJOUR_SERVER", "AJOUR_ADMIN_TOKEN"};
constexpr std::array<std::string_view, 4> kinds{"AJOUR_TRANSPORT_", "AJOUR_SOURCE_",
                                                "AJOUR_REGISTRY_", "AJOUR_BUILDER_"};

struct Known {
    std::vector<std::string> names;
    std::set<std::string> sections{kinds.begin(), kinds.end()};
};

/// "AJOUR_LOG_" of AJOUR_LOG_LEVEL; empty when there is no second word.
std::string section_of(const std::string& variable) {
    const auto second = variable.find('_', variable.find('_') + 1);
    return second == std::string::npos ? std::string() : variable.substr(0, second + 1);
}

Known known(const Document& document, std::span<const Table> tables) {
    Known known{{own.begin(), own.end()}};
    for (const auto& table : tables) {
        std::set<std::string> named_keys;
        for (const auto& row : with_names(document, table, named_keys).rows) {
            known.names.push_back(variable_of(table.full_key(row)));
            known.sections.insert(section_of(known.names.back()));
        }
    }
    known.sections.erase("");
    std::sort(known.names.begin(), known.names.end());
    return known;
}

/// AJOUR_SERVICE_HOST, AJOUR_PORT_8088_TCP_ADDR, AJOUR_ADMIN_PORT=tcp://10.0.0.1:8088.
bool is_of_a_service(std::string_view name, std::string_view value) {
    return name.find("_SERVICE_") != std::string_view::npos ||
           name.find("_TCP") != std::string_view::npos ||
           name.find("_UDP") != std::string_view::npos || value.starts_with("tcp://") ||
           value.starts_with("udp://");
}

bool begins_with_any(std::string_view name, const auto& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const auto& beginning) { return name.starts_with(beginning); });
}

}  // namespace

std::vector<std::string_view> variables_of_process() {
    std::vector<std::string_view> variables;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        variables.emplace_back(*each);
    }
    return variables;
}

Problems unknown_variables(const Document& document, std::span<const Table> tables,
                           std::span<const std::string> unchecked,
                           std::span<const std::string_view> variables) {
    const auto right = known(document, tables);
    std::vector<std::string> ignored;
    for (const auto& prefix : unchecked) ignored.push_back(variable_of(prefix));
    Problems problems;
    for (const auto variable : variables) {
        const auto sign = std::min(variable.find('='), variable.size());
        const std::string name(variable.substr(0, sign));
        if (!name.starts_with("AJOUR_") || begins_with_any(name, ignored)) continue;
        if (std::binary_search(right.names.begin(), right.names.end(), name)) continue;
        if (is_of_a_service(name, variable.substr(std::min(sign + 1, variable.size())))) continue;
        const auto hint = suggestion(name, right.names);
        if (hint.empty() && !begins_with_any(name, right.sections)) continue;
        add(problems, {"environment variable " + in_quotes(name), "", "no such setting" + hint});
    }
    return problems;
}

}  // namespace ajour::settings

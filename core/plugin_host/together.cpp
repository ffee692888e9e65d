// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/together.hpp"

#include "settings/nearest.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace ajour::plugin_host {

using settings::Document;
using settings::Problems;

namespace {

constexpr const char* registry_key = "ajour.registry";

void check_registry(const Document& document, std::span<const LoadedRegistry> registries,
                    Problems& problems) {
    const auto* entry = document.find(registry_key);
    if (entry == nullptr) return;
    std::vector<std::string> names{"embedded"};
    for (const auto& registry : registries) names.push_back(registry.name);
    if (std::count(names.begin(), names.end(), entry->value) > 0) return;
    add(problems, {entry->origin.text(), registry_key,
                   "found " + settings::in_quotes(entry->value) +
                       ", expected embedded or the name of a registry plugin that is loaded" +
                       settings::suggestion(entry->value, names)});
}

void check_keys(std::span<const LoadedSource> sources, Problems& problems) {
    std::map<std::string, std::string> servers;
    for (const auto& source : sources) {
        const auto traits = source.port->try_traits();
        if (!traits) {
            add(problems, {"", "source." + source.name, traits.error().text});
            continue;
        }
        for (const auto& key : traits->keys) {
            const auto [first, is_first] = servers.emplace(key, source.name);
            if (is_first) continue;
            add(problems, {"", "source." + source.name,
                           "serves spec.firmware." + key + ", which source." + first->second +
                               " serves already: switch one of them off"});
        }
    }
}

}  // namespace

Problems problems_together(const Document& document, std::span<const LoadedRegistry> registries,
                           std::span<const LoadedSource> sources) {
    Problems problems;
    check_registry(document, registries, problems);
    check_keys(sources, problems);
    return problems;
}

}  // namespace ajour::plugin_host

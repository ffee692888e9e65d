// SPDX-License-Identifier: Apache-2.0
// How running plugins take over settings that were read again.
#include "plugin_host/host.hpp"

#include <algorithm>
#include <set>

namespace ajour::plugin_host {

using settings::Section;

namespace {

std::set<std::string> differing(const Section& one, const Section& other) {
    std::set<std::string> keys;
    for (auto& key : one.differing_keys(other)) keys.insert(std::move(key));
    for (auto& key : other.differing_keys(one)) keys.insert(std::move(key));
    return keys;
}

template <typename Plugins>
sdk::ReloadablePort* find_reloadable(const Plugins& plugins, const std::string& name) {
    const auto found = std::find_if(plugins.begin(), plugins.end(),
                                    [&](const auto& plugin) { return plugin.name == name; });
    return found == plugins.end() ? nullptr : found->port->reloadable();
}

}  // namespace

std::vector<Change> PluginHost::take_over(const PluginHost& rehearsed) {
    std::vector<Change> changes;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (!sections_[i] || candidates_[i].descriptor == nullptr) continue;
        const auto* wanted = rehearsed.section_of(*candidates_[i].name);
        if (wanted == nullptr) continue;  // switched off since: a key of the document says so
        for (auto& change : take_over(i, *wanted)) changes.push_back(std::move(change));
    }
    return changes;
}

/// Asked also when no setting changed: a file that one names may have.
std::vector<Change> PluginHost::take_over(std::size_t index, const Section& wanted) {
    const auto& name = *candidates_[index].name;
    auto& running = *sections_[index];
    std::vector<std::string> taken;
    if (auto* port = reloadable(name)) {
        auto reloaded = port->try_reload(wanted);
        if (reloaded) {
            taken = std::move(*reloaded);
        } else {
            options_.log(sdk::LogLevel::Error, name.text(),
                         "reloading failed, what was stays: " + reloaded.error().text);
        }
    }
    std::vector<Change> changes;
    for (const auto& key : differing(running, wanted)) {
        const bool is_taken = std::count(taken.begin(), taken.end(), key) > 0;
        changes.push_back({name.text() + "." + key, is_taken});
        if (is_taken) running.take(key, wanted);
    }
    return changes;
}

const Section* PluginHost::section_of(const PluginName& name) const {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (candidates_[i].name == name && sections_[i]) return &*sections_[i];
    }
    return nullptr;
}

sdk::ReloadablePort* PluginHost::reloadable(const PluginName& name) const {
    if (name.kind == "transport") return find_reloadable(transports_, name.name);
    if (name.kind == "registry") return find_reloadable(registries_, name.name);
    if (name.kind == "source") return find_reloadable(sources_, name.name);
    return find_reloadable(builders_, name.name);
}

}  // namespace ajour::plugin_host

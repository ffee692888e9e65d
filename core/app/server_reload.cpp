// SPDX-License-Identifier: Apache-2.0
// SIGHUP: the settings are read again as a start would read them, and what can be taken over is.
#include "app/plugin_options.hpp"
#include "app/server.hpp"
#include "settings/host_rows.hpp"
#include "settings/places.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace ajour::app {

using sdk::LogLevel;

namespace {

constexpr std::array<std::string_view, 3> log_file_keys{"ajour.log.file", "ajour.log.max_size",
                                                        "ajour.log.files"};

bool is_switched_off(const settings::Document& document, const std::string& key) {
    const auto* entry = document.find(key);
    return entry != nullptr && entry->value == "false";
}

bool differs(const settings::Document& before, const settings::Document& after,
             const std::string& key) {
    if (key.ends_with(".enabled") && !key.starts_with("ajour.")) {
        return is_switched_off(before, key) != is_switched_off(after, key);
    }
    const auto* one = before.find(key);
    const auto* other = after.find(key);
    return one == nullptr || other == nullptr || one->value != other->value;
}

/// Keys of which no running part has a section: of plugins that are off or were, and the switches.
std::set<std::string> changes_elsewhere(const settings::Document& started,
                                        const settings::Document& wanted,
                                        std::span<const settings::Table> running) {
    const auto has_section = [&](const std::string& key) {
        if (key.ends_with(".enabled") && !key.starts_with("ajour.")) return false;
        return std::any_of(running.begin(), running.end(), [&](const settings::Table& table) {
            if (!table.prefix.empty()) return key.starts_with(table.prefix);
            return std::any_of(table.rows.begin(), table.rows.end(),
                               [&](const auto& row) { return key == row.key; });
        });
    };
    std::set<std::string> changed;
    for (const auto* document : {&started, &wanted}) {
        for (const auto& [key, entry] : document->entries()) {
            if (!has_section(key) && differs(started, wanted, key)) changed.insert(key);
        }
    }
    return changed;
}

settings::Section host_or_throw(const settings::Document& document, settings::Problems& problems) {
    auto checked = settings::check_host(document);
    if (!checked.problems.empty()) {
        problems = std::move(checked.problems);
        throw std::runtime_error("the host's own settings are wrong");
    }
    return std::move(checked.section);
}

}  // namespace

void Server::reload() {
    settings::Problems problems;
    try {
        take_over(load_document(sources_), problems);
        log(LogLevel::Info, "reloaded the settings");
    } catch (const std::exception& thrown) {
        for (const auto& problem : problems) log(LogLevel::Error, problem.sentence());
        log(LogLevel::Error, std::string("reloading failed, the settings stay: ") + thrown.what());
    }
}

/// Throws when a start would refuse the document, before anything is taken over.
void Server::take_over(settings::Document document, settings::Problems& problems) {
    const auto host = host_or_throw(document, problems);
    metrics::Metrics unseen;
    const auto silent = [](LogLevel, std::string_view, std::string_view) {};
    plugin_host::PluginHost rehearsed(plugin_options(document, host, silent, {}), unseen);
    problems = rehearsed.rehearse(document);
    add_all(problems, settings::check_places(document, host));
    sort_by_line(problems);
    if (!problems.empty()) {
        throw std::runtime_error("a start with them would be refused, " +
                                 std::to_string(problems.size()) + " found");
    }
    take_over_host(host);
    for (const auto& change : plugins_.take_over(rehearsed)) log_change(change.key, change.taken);
    for (const auto& key : changes_elsewhere(document_, document, plugins_.tables())) {
        log_change(key, false);
    }
}

void Server::take_over_host(const settings::Section& wanted) {
    const auto reopened = log_.reopen(wanted);
    if (!reopened) {
        log(LogLevel::Error, "the log goes on where it was: " + reopened.error().text);
    }
    log_.take_level(wanted);
    for (const auto& key : host_.differing_keys(wanted)) {
        const bool is_of_file =
            std::count(log_file_keys.begin(), log_file_keys.end(), key) > 0 && reopened.ok();
        const bool taken = is_of_file || key == "ajour.log.level" || key == "ajour.stop.deadline";
        log_change(key, taken);
        if (taken) host_.take(key, wanted);
    }
}

void Server::log_change(const std::string& key, bool taken) {
    log(taken ? LogLevel::Info : LogLevel::Warning,
        key + (taken ? " was reloaded" : " changed, and takes a restart to count"));
}

}  // namespace ajour::app

// SPDX-License-Identifier: Apache-2.0
#include "cli/admin_api.hpp"
#include "cli/commands.hpp"
#include "cli/device_state.hpp"
#include "cli/output.hpp"

#include <CLI/CLI.hpp>

#include <map>

namespace ajour::cli {

namespace {

std::vector<std::string> applications_of(const AdminApi& api, const std::string& application) {
    if (!application.empty()) return {application};
    std::vector<std::string> names;
    for (const auto& found : api.find(applications_path())) {
        names.push_back(json::text(found["metadata"], "name"));
    }
    return names;
}

struct Shown {
    std::string application, device;
    DeviceState state;
    Json update;  // null: none goes on
};

Row row_of(const Shown& shown) {
    const auto& state = shown.state;
    return {shown.application, shown.device, state.current, state.target, state.state,
            state.progress,    state.left,   state.end,     state.note};
}

/// The update's own numbers, and null for those that are not known.
Json json_of(const Shown& shown) {
    const auto& state = shown.state;
    Json made = {{"application", shown.application},
                 {"device", shown.device},
                 {"current", state.current},
                 {"target", state.target},
                 {"state", state.state},
                 {"progress", state.progress},
                 {"note", state.note}};
    for (const auto* name : {"offset", "size", "blocksLeft", "secondsPerBlock", "pace", "end",
                             "waitsFor", "waitsUntil", "unsent"}) {
        const auto* found = json::member(shown.update, name);
        made[name] = found == nullptr ? Json() : *found;
    }
    return made;
}

/// "12 devices: 10 in sync, 2 updating"
std::string summary_of(const std::vector<Shown>& all) {
    std::map<std::string, std::size_t> counts;
    for (const auto& shown : all) ++counts[shown.state.state];
    std::string text = std::to_string(all.size()) + (all.size() == 1 ? " device" : " devices");
    const char* separator = ": ";
    for (const auto& [state, count] : counts) {
        text += separator + std::to_string(count) + " " + state;
        separator = ", ";
    }
    return text;
}

using Updates = std::map<std::string, Json>;

Updates updates_of(const AdminApi& api, const std::string& application) {
    Updates updates;
    for (auto& update : api.find(updates_path(application))) {
        updates[json::text(update, "device")] = update;
    }
    return updates;
}

void add_application(const AdminApi& api, const std::string& application, std::vector<Shown>& all) {
    const auto updates = updates_of(api, application);
    for (const auto& device : api.find(devices_path(application))) {
        const auto name = json::text(device["metadata"], "name");
        const auto found = updates.find(name);
        const auto* update = found == updates.end() ? nullptr : &found->second;
        all.push_back(
            {application, name, state_of(device, update), update == nullptr ? Json() : *update});
    }
}

void print_rows(const std::vector<Shown>& all) {
    std::vector<Row> rows;
    for (const auto& shown : all) rows.push_back(row_of(shown));
    print_table(
        {"APPLICATION", "DEVICE", "CURRENT", "TARGET", "STATE", "PROGRESS", "LEFT", "END", "NOTE"},
        rows);
    print_line(summary_of(all));
}

void show(const Options& options, const std::string& only) {
    const AdminApi api(options);
    std::vector<Shown> all;
    for (const auto& application : applications_of(api, only)) {
        add_application(api, application, all);
    }
    if (!options.json) return print_rows(all);
    auto json = Json::array();
    for (const auto& shown : all) json.push_back(json_of(shown));
    print_json(json);
}

}  // namespace

void add_status(CLI::App& program, const Options& options) {
    auto* command = program.add_subcommand("status", "What devices run, and how their updates go");
    const auto application = std::make_shared<std::string>();
    command->add_option("APP", *application, "only this application");
    command->callback([&options, application] { show(options, *application); });
}

}  // namespace ajour::cli

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

Row row_of(const std::string& application, const std::string& device, const DeviceState& state) {
    return {application, device,         state.current, state.target,
            state.state, state.progress, state.note};
}

Json json_of(const Row& row) {
    return {{"application", row[0]}, {"device", row[1]},   {"current", row[2]}, {"target", row[3]},
            {"state", row[4]},       {"progress", row[5]}, {"note", row[6]}};
}

/// "12 devices: 10 in sync, 2 updating"
std::string summary_of(const std::vector<Row>& rows) {
    std::map<std::string, std::size_t> counts;
    for (const auto& row : rows) ++counts[row[4]];
    std::string text = std::to_string(rows.size()) + (rows.size() == 1 ? " device" : " devices");
    const char* separator = ": ";
    for (const auto& [state, count] : counts) {
        text += separator + std::to_string(count) + " " + state;
        separator = ", ";
    }
    return text;
}

void show(const Options& options, const std::string& only) {
    const AdminApi api(options);
    std::vector<Row> rows;
    for (const auto& application : applications_of(api, only)) {
        for (const auto& device : api.find(devices_path(application))) {
            rows.push_back(
                row_of(application, json::text(device["metadata"], "name"), state_of(device)));
        }
    }
    if (!options.json) {
        print_table({"APPLICATION", "DEVICE", "CURRENT", "TARGET", "STATE", "PROGRESS", "NOTE"},
                    rows);
        return print_line(summary_of(rows));
    }
    auto json = Json::array();
    for (const auto& row : rows) json.push_back(json_of(row));
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

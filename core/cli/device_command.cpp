// SPDX-License-Identifier: Apache-2.0
#include "cli/admin_api.hpp"
#include "cli/commands.hpp"
#include "cli/create_devices.hpp"
#include "cli/device_state.hpp"
#include "cli/firmware_target.hpp"
#include "cli/hidden_secrets.hpp"
#include "cli/output.hpp"
#include "cli/served_targets.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

namespace {

void list(const Options& options, const std::string& application) {
    const auto devices = AdminApi(options).find(devices_path(application));
    auto shown = Json::array();
    std::vector<Row> rows;
    for (const auto& device : devices) {
        const auto state = state_of(device);
        rows.push_back({json::text(device["metadata"], "name"), target_text(device), state.current,
                        state.state});
        shown.push_back(without_secrets(device));
    }
    if (options.json) return print_json(shown);
    print_table({"DEVICE", "OWN TARGET", "CURRENT", "STATE"}, rows);
}

/// A subcommand with an application and a device as its arguments.
struct Named {
    CLI::App* command;
    std::shared_ptr<std::string> application, device;

    std::string path() const { return device_path(*application, *device); }
};

Named add_named(CLI::App& family, const char* verb, const char* help) {
    Named named{family.add_subcommand(verb, help), std::make_shared<std::string>(),
                std::make_shared<std::string>()};
    named.command->add_option("APP", *named.application, "the application")->required();
    named.command->add_option("NAME", *named.device, "the device")->required();
    return named;
}

void add_set_firmware(CLI::App& family, const Options& options) {
    const auto named = add_named(family, "set-firmware",
                                 "What this device shall run, whatever its application says");
    const auto target = add_target_options(*named.command);
    named.command->callback([&options, named, target] {
        const auto firmware = firmware_of(*target);
        warn_of_unserved(options, firmware);
        AdminApi(options).change(named.path(),
                                 [&](Json& object) { set_firmware(object, firmware); });
    });
}

}  // namespace

void add_devices(CLI::App& program, const Options& options) {
    auto* family = program.add_subcommand("device", "Devices");
    family->require_subcommand(1);
    add_create_devices(*family, options);

    auto* all = family->add_subcommand("list", "All devices of an application");
    const auto application = std::make_shared<std::string>();
    all->add_option("APP", *application, "the application")->required();
    all->callback([&options, application] { list(options, *application); });

    const auto show = add_named(*family, "show", "One device as JSON");
    show.command->callback(
        [&options, show] { print_json(without_secrets(AdminApi(options).find(show.path()))); });
    const auto remove = add_named(*family, "delete", "Delete a device");
    remove.command->callback([&options, remove] { AdminApi(options).remove(remove.path()); });
    const auto clear = add_named(*family, "clear-firmware", "Let it follow its application again");
    clear.command->callback(
        [&options, clear] { AdminApi(options).change(clear.path(), clear_firmware); });
    add_set_firmware(*family, options);
}

}  // namespace ajour::cli

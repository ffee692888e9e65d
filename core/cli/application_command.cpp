// SPDX-License-Identifier: Apache-2.0
#include "cli/admin_api.hpp"
#include "cli/certificate_files.hpp"
#include "cli/commands.hpp"
#include "cli/firmware_target.hpp"
#include "cli/hidden_secrets.hpp"
#include "cli/output.hpp"
#include "cli/served_targets.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

namespace {

void list(const Options& options) {
    const auto applications = AdminApi(options).find(applications_path());
    auto shown = Json::array();
    std::vector<Row> rows;
    for (const auto& application : applications) {
        rows.push_back({json::text(application["metadata"], "name"), target_text(application)});
        shown.push_back(without_secrets(application));
    }
    if (options.json) return print_json(shown);
    print_table({"APPLICATION", "TARGET"}, rows);
}

/// A subcommand with the application's name as its argument.
struct Named {
    CLI::App* command;
    std::shared_ptr<std::string> name;
};

Named add_named(CLI::App& family, const char* verb, const char* help) {
    Named named{family.add_subcommand(verb, help), std::make_shared<std::string>()};
    named.command->add_option("NAME", *named.name, "the application")->required();
    return named;
}

void add_create(CLI::App& family, const Options& options) {
    const auto [command, name] = add_named(family, "create", "A new application");
    const auto files = std::make_shared<std::vector<std::string>>();
    command
        ->add_option("--trust-anchor", *files,
                     "PEM file of an authority that issues its devices' certificates; may be "
                     "repeated")
        ->allow_extra_args(false);
    command->callback([&options, name = name, files] {
        Json body = {{"metadata", {{"name", *name}}}};
        if (!files->empty()) body["spec"]["trustAnchors"] = trust_anchors_of(*files);
        AdminApi(options).create(applications_path(), body);
    });
}

void add_set_trust_anchors(CLI::App& family, const Options& options) {
    const auto [command, name] =
        add_named(family, "set-trust-anchors", "Which authorities issue its devices' certificates");
    const auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *files, "PEM files; none takes all of them away");
    command->callback([&options, name = name, files] {
        const auto anchors = files->empty() ? Json() : trust_anchors_of(*files);
        AdminApi(options).change(application_path(*name), [&](Json& object) {
            if (anchors.is_null()) {
                if (object.contains("spec")) object["spec"].erase("trustAnchors");
            } else {
                object["spec"]["trustAnchors"] = anchors;
            }
        });
    });
}

void add_set_firmware(CLI::App& family, const Options& options) {
    const auto [command, name] =
        add_named(family, "set-firmware",
                  "What its devices shall run, unless they have a target of their own");
    const auto target = add_target_options(*command);
    command->callback([&options, target, name = name] {
        const auto firmware = firmware_of(*target);
        warn_of_unserved(options, firmware);
        AdminApi(options).change(application_path(*name),
                                 [&](Json& object) { set_firmware(object, firmware); });
    });
}

}  // namespace

void add_applications(CLI::App& program, const Options& options) {
    auto* family = program.add_subcommand("app", "Applications");
    family->require_subcommand(1);
    family->add_subcommand("list", "All applications")->callback([&options] { list(options); });

    add_create(*family, options);
    const auto show = add_named(*family, "show", "One application as JSON");
    show.command->callback([&options, name = show.name] {
        print_json(without_secrets(AdminApi(options).find(application_path(*name))));
    });
    const auto remove = add_named(*family, "delete", "Delete an application");
    remove.command->callback(
        [&options, name = remove.name] { AdminApi(options).remove(application_path(*name)); });
    const auto clear = add_named(*family, "clear-firmware", "Take its target away");
    clear.command->callback([&options, name = clear.name] {
        AdminApi(options).change(application_path(*name), clear_firmware);
    });
    add_set_firmware(*family, options);
    add_set_trust_anchors(*family, options);
}

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
// The operator's command line.
#include "cli/commands.hpp"
#include "cli/output.hpp"

#include <CLI/CLI.hpp>

namespace {

void add_options(CLI::App& program, ajour::cli::Options& options) {
    program.add_option("--config", options.config, "the properties file")->envname("AJOUR_CONFIG");
    program
        .add_option("--set", options.set, "key=value, over the properties file; may be repeated")
        ->allow_extra_args(false);
    program.add_option("--server", options.server, "URL of the admin server")
        ->envname("AJOUR_SERVER");
    program.add_option("--token-file", options.token_file, "file with an admin token");
    program.add_flag("--json", options.json, "print for machines");
    program.set_version_flag("--version", "ajour " AJOUR_VERSION);
}

void add_commands(CLI::App& program, const ajour::cli::Options& options) {
    ajour::cli::add_check(program, options);
    ajour::cli::add_plugins(program, options);
    ajour::cli::add_reference(program, options);
    ajour::cli::add_firmware(program, options);
    ajour::cli::add_applications(program, options);
    ajour::cli::add_devices(program, options);
    ajour::cli::add_status(program, options);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("Operates an Ajour server: releases, applications, devices", "ajour");
    ajour::cli::Options options;
    program.require_subcommand(1);
    program.fallthrough();
    try {
        add_options(program, options);
        add_commands(program, options);
        program.parse(argc, argv);
        return 0;
    } catch (const CLI::ParseError& thrown) {
        return program.exit(thrown);
    } catch (const std::exception& thrown) {
        ajour::cli::warn(thrown.what());
        return 1;
    }
}

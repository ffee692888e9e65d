// SPDX-License-Identifier: Apache-2.0
// The families of commands, one file each. Each adds its subcommands to the program; `options` is
// read when a command runs.
#pragma once

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace ajour::cli {

void add_check(CLI::App& program, const Options& options);
void add_plugins(CLI::App& program, const Options& options);
void add_reference(CLI::App& program, const Options& options);
void add_firmware(CLI::App& program, const Options& options);
void add_applications(CLI::App& program, const Options& options);
void add_devices(CLI::App& program, const Options& options);
void add_status(CLI::App& program, const Options& options);

}  // namespace ajour::cli

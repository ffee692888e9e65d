// SPDX-License-Identifier: Apache-2.0
// `ajour device create`: one device, or many that are numbered.
#pragma once

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace ajour::cli {

void add_create_devices(CLI::App& family, const Options& options);

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
// Whether a source of this machine serves a target.
#pragma once

#include "cli/options.hpp"
#include "json/json.hpp"

namespace ajour::cli {

/// Warns when no source that the properties file has here serves the target's key. No more than
/// that: the server may be on another machine.
void warn_of_unserved(const Options& options, const Json& firmware);

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
// What applications and devices shall run: `spec.firmware` from a command's options, and back as
// text.
#pragma once

#include "json/json.hpp"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace ajour::cli {

/// Filled in by the parser.
struct TargetOptions {
    std::string file;  ///< a release of the file source
    std::string spec;  ///< `spec.firmware` itself, as JSON
};

/// Adds --file and --spec, of which exactly one has to be given.
std::shared_ptr<TargetOptions> add_target_options(CLI::App& command);

/// A Failure when the name or the JSON cannot be a target.
Json firmware_of(const TargetOptions& options);

void set_firmware(Json& object, const Json& firmware);
void clear_firmware(Json& object);

/// "file: fw", or compact JSON; "-" when the object has no target of its own.
std::string target_text(const Json& object);

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/firmware_target.hpp"

#include "cli/options.hpp"
#include "cli/publish.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

std::shared_ptr<TargetOptions> add_target_options(CLI::App& command) {
    auto options = std::make_shared<TargetOptions>();
    auto* group = command.add_option_group("target");
    group->add_option("--file", options->file, "a release of the file source, by its name");
    group->add_option("--spec", options->spec, "spec.firmware as JSON: {\"SOURCE\": {..}}");
    group->require_option(1);
    return options;
}

Json firmware_of(const TargetOptions& options) {
    if (options.spec.empty()) {
        if (!is_release_name(options.file))
            throw Failure("'" + options.file + "' is no name of a release");
        return {{"file", {{"name", options.file}}}};
    }
    auto spec = or_fail(json::parse(options.spec));
    if (spec.is_object() && spec.size() == 1) {
        const auto* file = json::member(spec, "file");
        if (file == nullptr || !json::text(*file, "name").empty()) return spec;
        throw Failure("--spec: found " + json::print(spec) +
                      R"(, expected {"file": {"name": "RELEASE"}})");
    }
    throw Failure("--spec: found " + json::print(spec) +
                  ", expected an object with one key, a source");
}

void set_firmware(Json& object, const Json& firmware) {
    object["spec"]["firmware"] = firmware;
}

void clear_firmware(Json& object) {
    if (json::member(object, "spec") != nullptr) object["spec"].erase("firmware");
}

std::string target_text(const Json& object) {
    const auto* firmware = json::at(object, {"spec", "firmware"});
    if (firmware == nullptr) return "-";
    const auto* file = json::member(*firmware, "file");
    const auto name = file == nullptr ? std::string() : json::text(*file, "name");
    return firmware->size() == 1 && !name.empty() ? "file: " + name : json::print(*firmware);
}

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/missing_paths.hpp"
#include "cli/output.hpp"
#include "settings/host_rows.hpp"

#include <CLI/CLI.hpp>

namespace ajour::cli {

namespace {

Json json_of(const settings::Problems& problems) {
    auto list = Json::array();
    for (const auto& problem : problems) {
        list.push_back({{"origin", problem.origin}, {"key", problem.key}, {"text", problem.text}});
    }
    return list;
}

void warn_of_refusals(const plugin_host::PluginHost& plugins) {
    for (const auto& candidate : plugins.candidates()) {
        if (!candidate.refusal.empty()) warn("warning: " + candidate.refusal);
    }
}

std::string place(const Options& options) {
    if (!options.config.empty()) return options.config;
    return usual_file().empty() ? "no properties file, all defaults" : usual_file().string();
}

void check(const Options& options) {
    const auto inspection = inspect(options);
    auto& problems = inspection->problems;
    const auto base = settings::base_directory(inspection->document);
    add_all(problems, missing_paths(inspection->document, inspection->plugins->tables(), base));
    warn_of_refusals(*inspection->plugins);
    if (options.json) print_json(json_of(problems));
    if (problems.empty()) {
        if (!options.json) print_line(place(options) + ": no problems");
        return;
    }
    if (!options.json) {
        for (const auto& problem : problems) print_line(problem.sentence());
    }
    throw Failure(std::to_string(problems.size()) +
                  (problems.size() == 1 ? " problem" : " problems") + " in " + place(options));
}

}  // namespace

void add_check(CLI::App& program, const Options& options) {
    program.add_subcommand("check", "Read the properties file and say all that is wrong with it")
        ->callback([&options] { check(options); });
}

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/missing_paths.hpp"
#include "cli/output.hpp"
#include "settings/host_rows.hpp"
#include "settings/unknown_variables.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

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

void warn_of_variables(const Inspection& inspection) {
    const auto& plugins = *inspection.plugins;
    for (const auto& problem :
         settings::unknown_variables(inspection.document, plugins.tables(), plugins.unchecked(),
                                     settings::variables_of_process())) {
        warn("warning: " + problem.sentence());
    }
}

/// A path that is not there is said once, by whoever noticed first that its setting is wrong.
void add_missing_paths(Inspection& inspection) {
    auto& problems = inspection.problems;
    const auto base = settings::base_directory(inspection.document);
    const auto is_known = [&](const settings::Problem& problem) {
        return std::any_of(problems.begin(), problems.end(),
                           [&](const auto& known) { return known.key == problem.key; });
    };
    for (const auto& missing :
         missing_paths(inspection.document, inspection.plugins->tables(), base)) {
        if (!is_known(missing)) add(problems, missing);
    }
}

void check(const Options& options) {
    const auto inspection = rehearse(options);
    auto& problems = inspection->problems;
    add_missing_paths(*inspection);
    sort_by_line(problems);
    warn_of_refusals(*inspection->plugins);
    warn_of_variables(*inspection);
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

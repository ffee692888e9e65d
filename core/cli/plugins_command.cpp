// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "settings/nearest.hpp"
#include "settings/reference.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace ajour::cli {

using plugin_host::Candidate;

namespace {

std::string state_of(const Candidate& candidate) {
    if (candidate.descriptor != nullptr) return "on";
    return candidate.refusal.empty() ? "off" : "refused";
}

Json json_of(const Candidate& candidate) {
    Json json = {{"file", candidate.file.string()}, {"state", state_of(candidate)}};
    if (candidate.name) {
        json["kind"] = candidate.name->kind;
        json["name"] = candidate.name->name;
    }
    if (candidate.descriptor != nullptr) {
        json["version"] = candidate.descriptor->version;
        json["summary"] = candidate.descriptor->summary;
    }
    if (!candidate.refusal.empty()) json["refusal"] = candidate.refusal;
    return json;
}

Row row_of(const Candidate& candidate) {
    Row row = {"", candidate.file.filename().string(), "", state_of(candidate), candidate.refusal};
    if (candidate.name) {
        row[0] = candidate.name->kind;
        row[1] = candidate.name->name;
    }
    if (candidate.descriptor != nullptr) {
        row[2] = candidate.descriptor->version;
        row[4] = candidate.descriptor->summary;
    }
    return row;
}

/// An empty list would not tell that the directory could not be read.
void fail_without_directory(const settings::Problems& problems) {
    for (const auto& problem : problems) {
        if (problem.key == "ajour.plugins") throw Failure(problem.sentence());
    }
}

void list(const Options& options) {
    const auto inspection = rehearse(options);
    fail_without_directory(inspection->problems);
    auto json = Json::array();
    std::vector<Row> rows;
    for (const auto& candidate : inspection->plugins->candidates()) {
        json.push_back(json_of(candidate));
        rows.push_back(row_of(candidate));
    }
    if (options.json) return print_json(json);
    print_table({"KIND", "NAME", "VERSION", "STATE", "WHAT"}, rows);
}

/// "file", "source/file" and "source.file" all name the same plugin.
bool is_called(const Candidate& candidate, const std::string& name) {
    if (!candidate.name) return false;
    const auto& [kind, own] = *candidate.name;
    return name == own || name == kind + "/" + own || name == kind + "." + own;
}

const Candidate& find(const plugin_host::PluginHost& plugins, const std::string& name) {
    std::vector<const Candidate*> found;
    std::vector<std::string> names;
    for (const auto& candidate : plugins.candidates()) {
        if (is_called(candidate, name)) found.push_back(&candidate);
        if (candidate.name) names.push_back(candidate.name->kind + "/" + candidate.name->name);
    }
    if (found.size() == 1) return *found.front();
    if (found.size() > 1)
        throw Failure("several plugins are called " + name + ": say KIND/" + name);
    throw Failure("no plugin is called " + name + settings::suggestion(name, names));
}

void describe(const Options& options, const std::string& name) {
    const auto inspection = inspect(options);
    const auto& candidate = find(*inspection->plugins, name);
    if (candidate.descriptor == nullptr) {
        throw Failure(candidate.refusal.empty() ? name + " is switched off: set " +
                                                      candidate.name->text() + ".enabled = true"
                                                : candidate.refusal);
    }
    if (options.json) return print_json(json_of(candidate));
    print_line(candidate.name->kind + "/" + candidate.name->name + " " +
               candidate.descriptor->version + ": " + candidate.descriptor->summary);
    print_line(candidate.file.string() + "\n");
    const auto table = settings::plugin_table(candidate.name->kind, candidate.name->name,
                                              candidate.descriptor->summary, candidate.rows);
    print_line(settings::description(table));
}

}  // namespace

void add_plugins(CLI::App& program, const Options& options) {
    auto* plugins = program.add_subcommand("plugins", "The plugins that the server finds");
    plugins->require_subcommand(0, 1);
    plugins->callback([&options, plugins] {
        if (plugins->get_subcommands().empty()) list(options);
    });
    auto* one = plugins->add_subcommand("describe", "One plugin and its settings");
    const auto name = std::make_shared<std::string>();
    one->add_option("NAME", *name, "its name, or KIND/NAME")->required();
    one->callback([&options, name] { describe(options, *name); });
}

void add_reference(CLI::App& program, const Options& options) {
    auto* reference = program.add_subcommand("reference", "Print a page that is generated");
    reference->require_subcommand(1);
    reference->add_subcommand("settings", "docs/reference/settings.md")->callback([&options] {
        std::cout << settings::reference_page(inspect(options)->plugins->tables());
    });
    reference->add_subcommand("sample", "etc/ajour.properties")->callback([&options] {
        std::cout << settings::sample_file(inspect(options)->plugins->tables());
    });
}

}  // namespace ajour::cli

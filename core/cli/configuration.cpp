// SPDX-License-Identifier: Apache-2.0
#include "cli/configuration.hpp"

#include "plugin_host/plugin_directory.hpp"
#include "settings/check.hpp"
#include "settings/host_rows.hpp"
#include "settings/overrides.hpp"
#include "settings/places.hpp"

#include <system_error>
#include <utility>

namespace ajour::cli {

using plugin_host::Candidate;
using plugin_host::PluginHost;
using settings::Document;
using settings::Section;

namespace {

Section section_or_fail(settings::Checked checked) {
    if (checked.problems.empty()) return std::move(checked.section);
    throw Failure(settings::text_of(checked.problems) + "see `ajour check`");
}

const Candidate* find_candidate(const PluginHost& plugins, const plugin_host::PluginName& name) {
    for (const auto& candidate : plugins.candidates()) {
        if (candidate.name == name) return &candidate;
    }
    return nullptr;
}

/// The document, and the host's own settings checked.
std::unique_ptr<Inspection> read(const Options& options) {
    auto inspection = std::make_unique<Inspection>();
    auto& document = inspection->document;
    document = load_document(options);
    auto host = settings::check_host(document);
    // With a host section that is wrong, plugins are still looked at, by the defaults.
    const auto usable = host.problems.empty() ? host.section : host_section({});
    inspection->plugins = std::make_unique<PluginHost>(
        plugin_host::Options{
            .directory = plugin_host::plugin_directory(usable.text("ajour.plugins")),
            .state = usable.text("ajour.state"),
            .base = settings::base_directory(document),
            .log = [](sdk::LogLevel, std::string_view, std::string_view) {}},
        inspection->metrics);
    inspection->problems = std::move(host.problems);
    return inspection;
}

}  // namespace

std::filesystem::path usual_file() {
    std::error_code ignored;
    for (const auto* file : {"etc/ajour.properties", "/etc/ajour/ajour.properties"}) {
        if (std::filesystem::exists(file, ignored)) return file;
    }
    return {};
}

Document load_document(const Options& options) {
    const auto file = options.config.empty() ? usual_file() : std::filesystem::path(options.config);
    auto document = file.empty() ? Document() : or_fail(settings::load(file));
    settings::apply_environment(document, settings::host_table());
    for (const auto& assignment : options.set) {
        or_fail(settings::apply_flag(document, assignment));
    }
    return document;
}

Section host_section(const Document& document) {
    return section_or_fail(settings::check_host(document));
}

std::unique_ptr<Inspection> inspect(const Options& options) {
    auto inspection = read(options);
    settings::add_all(inspection->problems, inspection->plugins->check(inspection->document));
    return inspection;
}

std::unique_ptr<Inspection> rehearse(const Options& options) {
    auto inspection = read(options);
    auto& [document, problems, metrics, plugins] = *inspection;
    if (problems.empty()) add_all(problems, check_places(document, host_section(document)));
    settings::add_all(problems, plugins->rehearse(document));
    return inspection;
}

Section plugin_section(const Inspection& inspection, const plugin_host::PluginName& name) {
    const auto* candidate = find_candidate(*inspection.plugins, name);
    if (candidate == nullptr)
        throw Failure("plugin " + name.text() + " is not there; see `ajour plugins`");
    if (candidate->descriptor == nullptr) {
        throw Failure(candidate->refusal.empty() ? "plugin " + name.text() + " is switched off"
                                                 : candidate->refusal);
    }
    const auto table = settings::plugin_table(name.kind, name.name, {}, candidate->rows);
    return section_or_fail(
        settings::check(inspection.document, table, settings::base_directory(inspection.document)));
}

}  // namespace ajour::cli

// SPDX-License-Identifier: Apache-2.0
// Finds, admits, checks and creates the plugins of a directory, and owns them. Starting and
// stopping them in the right order is the app's.
#pragma once

#include "metrics/metrics.hpp"
#include "plugin_host/admission.hpp"
#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/plugin_context.hpp"
#include "settings/check.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ajour::plugin_host {

struct Options {
    std::filesystem::path directory;  ///< of the plugins
    std::filesystem::path state;      ///< of the host; plugins get directories below it
    std::filesystem::path base;       ///< what relative paths in settings start at
    LogLine log;
    ResolveAgain resolve_again{};  ///< may be empty
};

/// All of it [main], but for what its plugins do themselves.
class PluginHost {
public:
    PluginHost(Options options, metrics::Metrics& metrics);
    /// Stops what still runs, then destroys the objects. The libraries stay.
    ~PluginHost();
    PluginHost(const PluginHost&) = delete;
    PluginHost& operator=(const PluginHost&) = delete;

    /// Opens what the directory has and the document does not switch off, and holds the whole
    /// document against the tables of the host and of the plugins. Environment variables of the
    /// plugins' settings are put into the document. Creates and logs nothing. A refused plugin is a
    /// problem only when the document says `enabled = true`.
    settings::Problems check(settings::Document& document);

    /// The same, and then creates the plugins, unless there are problems. A plugin that is refused
    /// is logged and left out; the others go on. Once.
    settings::Problems load(settings::Document& document);

    /// All that `check` or `load` looked at, refused ones with their sentence.
    std::span<const Candidate> candidates() const noexcept { return candidates_; }
    /// The host's table, then those of the admitted plugins.
    std::span<const settings::Table> tables() const noexcept { return tables_; }

    std::span<const LoadedTransport> transports() const noexcept { return transports_; }
    std::span<const LoadedRegistry> registries() const noexcept { return registries_; }
    std::span<const LoadedSource> sources() const noexcept { return sources_; }
    std::span<const LoadedBuilder> builders() const noexcept { return builders_; }

private:
    using Object =
        std::variant<std::unique_ptr<sdk::TransportPort>, std::unique_ptr<sdk::RegistryPort>,
                     std::unique_ptr<sdk::SourcePort>, std::unique_ptr<sdk::BuilderPort>>;

    void find_candidates(settings::Document& document, settings::Problems& problems);
    void check_switches(const settings::Document& document, settings::Problems& problems);
    settings::Section check_section(const Candidate& candidate, settings::Document& document,
                                    settings::Problems& problems);
    void create(Candidate& candidate, settings::Section section);
    sdk::Result<void*> call_create(const Candidate& candidate, settings::Section section);
    void keep(const Candidate& candidate, void* port);

    const Options options_;
    metrics::Metrics& metrics_;
    std::vector<Candidate> candidates_;
    std::vector<settings::Table> tables_;
    std::vector<settings::Section> sections_;  // of the candidates; empty ones of those refused
    std::vector<std::string> unchecked_;       // prefixes of sections whose tables are not known
    std::vector<std::unique_ptr<PluginContext>> contexts_;
    std::vector<Object> objects_;
    std::vector<LoadedTransport> transports_;
    std::vector<LoadedRegistry> registries_;
    std::vector<LoadedSource> sources_;
    std::vector<LoadedBuilder> builders_;
};

}  // namespace ajour::plugin_host

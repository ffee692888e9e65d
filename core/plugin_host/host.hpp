// SPDX-License-Identifier: Apache-2.0
// Finds, admits, checks and creates the plugins of a directory, and owns them. Starting and
// stopping them in the right order is the app's.
#pragma once

#include "metrics/metrics.hpp"
#include "plugin_host/admission.hpp"
#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/plugin_context.hpp"
#include "plugin_host/scratch_directory.hpp"
#include "settings/check.hpp"

#include <filesystem>
#include <memory>
#include <optional>
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

/// How a plugin is that was found and not switched off.
struct PluginHealth {
    std::string plugin;   ///< "transport.mqtt", or the file's name when it says no plugin's
    std::string trouble;  ///< why it does not work, in a sentence; empty when it does
};

/// One setting of a running plugin that has another value now.
struct Change {
    std::string key;
    bool taken = false;  ///< false: it takes a restart
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
    /// problem only when the document has settings of it.
    settings::Problems check(settings::Document& document);

    /// The same, and then creates the plugins, unless there are problems. A plugin that is refused
    /// and has no settings in the document is logged and left out; the others go on. Once.
    settings::Problems load(settings::Document& document);

    /// All that `load` would find wrong, of all plugins and not of the first: those whose settings
    /// are right are created as well, each with a state directory that is thrown away. Once, and
    /// they are not to be started.
    settings::Problems rehearse(settings::Document& document);

    /// Lets the plugins that run take over what another host rehearsed, and gives what differs from
    /// what runs now. A plugin that could not is logged.
    std::vector<Change> take_over(const PluginHost& rehearsed);

    /// All that `check` or `load` looked at, refused ones with their sentence.
    std::span<const Candidate> candidates() const noexcept { return candidates_; }
    /// The host's table, then those of the admitted plugins.
    std::span<const settings::Table> tables() const noexcept { return tables_; }
    /// The beginnings of keys of which no table is known: plugins that are off or refused.
    std::span<const std::string> unchecked() const noexcept { return unchecked_; }

    /// Of all plugins that `load` found and that are not switched off. [any]
    std::vector<PluginHealth> health() const;

    std::span<const LoadedTransport> transports() const noexcept { return transports_; }
    std::span<const LoadedRegistry> registries() const noexcept { return registries_; }
    std::span<const LoadedSource> sources() const noexcept { return sources_; }
    std::span<const LoadedBuilder> builders() const noexcept { return builders_; }

private:
    using Object =
        std::variant<std::unique_ptr<sdk::TransportPort>, std::unique_ptr<sdk::RegistryPort>,
                     std::unique_ptr<sdk::SourcePort>, std::unique_ptr<sdk::BuilderPort>>;

    settings::Problems look(settings::Document& document);
    void find_candidates(settings::Document& document, settings::Problems& problems);
    void check_switches(const settings::Document& document, settings::Problems& problems);
    std::optional<settings::Section> check_section(const Candidate& candidate,
                                                   settings::Document& document,
                                                   settings::Problems& problems);
    void create_all(const std::filesystem::path& state);
    void create(std::size_t index, const std::filesystem::path& state);
    sdk::Result<void*> call_create(std::size_t index, const std::filesystem::path& state);
    void keep(const Candidate& candidate, void* port);
    const settings::Section* section_of(const PluginName& name) const;
    sdk::ReloadablePort* reloadable(const PluginName& name) const;
    std::vector<Change> take_over(std::size_t index, const settings::Section& wanted);

    const Options options_;
    metrics::Metrics& metrics_;
    std::vector<Candidate> candidates_;
    std::vector<settings::Table> tables_;
    /// Of each candidate, what counts now; nothing when it is off, refused or wrong.
    std::vector<std::optional<settings::Section>> sections_;
    std::vector<std::string> unchecked_;
    std::unique_ptr<ScratchDirectory> scratch_;             // when it only rehearses
    std::vector<std::unique_ptr<PluginContext>> contexts_;  // of the candidates; null likewise
    std::vector<Object> objects_;
    std::vector<LoadedTransport> transports_;
    std::vector<LoadedRegistry> registries_;
    std::vector<LoadedSource> sources_;
    std::vector<LoadedBuilder> builders_;
};

}  // namespace ajour::plugin_host

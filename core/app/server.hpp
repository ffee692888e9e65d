// SPDX-License-Identifier: Apache-2.0
// The whole server: made, started and stopped in the order that the parts need each other.
#pragma once

#include "admin/server.hpp"
#include "app/engine.hpp"
#include "app/logging.hpp"
#include "app/periodic_work.hpp"
#include "app/state_directory.hpp"
#include "app/store_parts.hpp"
#include "settings/document.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace ajour::app {

/// Where settings come from.
struct Sources {
    std::filesystem::path file;      ///< empty: defaults only
    std::vector<std::string> flags;  ///< key=value
};

/// The settings of file, environment and flags. Throws BadSettings.
settings::Document load_document(const Sources& sources);

/// All of it [main].
class Server {
public:
    /// Opens the store and creates the plugins. Throws BadSettings with all that is wrong with
    /// them, or std::runtime_error.
    explicit Server(const Sources& sources);
    ~Server();

    /// Throws std::runtime_error when a part cannot start; what was started is stopped by the
    /// destructor.
    void start();

    /// Takes over what can be changed while running, and logs what cannot.
    void reload();

    /// Every device is answered or its connection closed whole; ends the process when a plugin does
    /// not let go within the deadline. Safe twice.
    void stop();

private:
    void start_plugins();
    void start_transports();
    void start_admin();
    void stop_transports();
    void add_periodic_work();
    admin::Dependencies admin_dependencies();
    std::vector<admin::Readiness> readiness() const;
    void resolve_again(const plugin_host::PluginName& plugin);
    sdk::Result<void> pass_hook(std::string_view plugin, const sdk::HookRequest& request);
    void check_variables();
    void take_over(settings::Document document, settings::Problems& problems);
    void take_over_host(const settings::Section& wanted);
    void log_change(const std::string& key, bool taken);
    sdk::RegistryPort& chosen_registry();
    void take_withdrawn();
    void log(sdk::LogLevel level, std::string_view text) { log_.write(level, "ajourd", text); }

    const Sources sources_;
    settings::Document document_;
    settings::Section host_;
    Log log_;
    StateDirectory state_;
    StoreParts store_;
    metrics::Metrics metrics_;
    plugin_host::PluginHost plugins_;
    sdk::RegistryPort& registry_;
    Engine engine_;
    const work::SteadyClock clock_;
    PeriodicWork periodic_;
    std::unique_ptr<work::Ticker> periodic_ticker_;
    std::unique_ptr<admin::Server> admin_;
    std::atomic<bool> serving_{false};
    bool stopped_ = false;
};

}  // namespace ajour::app

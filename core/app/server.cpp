// SPDX-License-Identifier: Apache-2.0
#include "app/server.hpp"

#include "app/or_throw.hpp"
#include "app/update_list.hpp"
#include "app/watchdog.hpp"
#include "plugin_host/plugin_directory.hpp"
#include "settings/host_rows.hpp"
#include "settings/overrides.hpp"

#include <future>
#include <set>
#include <stdexcept>

namespace ajour::app {

using sdk::Error;
using sdk::ErrorKind;
using sdk::LogLevel;
using sdk::Result;

namespace {

constexpr std::chrono::milliseconds periodic_tick{100};

settings::Section checked_host(const settings::Document& document) {
    auto checked = settings::check_host(document);
    if (!checked.problems.empty()) throw std::runtime_error(settings::text_of(checked.problems));
    return std::move(checked.section);
}

plugin_host::Options plugin_options(const settings::Document& document,
                                    const settings::Section& host, Log& log,
                                    plugin_host::ResolveAgain resolve_again) {
    return {plugin_host::plugin_directory(host.text("ajour.plugins")), host.text("ajour.state"),
            settings::base_directory(document),
            [&log](LogLevel level, std::string_view plugin, std::string_view text) {
                log.write(level, plugin, text);
            },
            std::move(resolve_again)};
}

admin::MetricsReader metrics_reader(const settings::Section& host) {
    const auto word = host.text("ajour.admin.metrics");
    if (word == "anyone") return admin::MetricsReader::Anyone;
    return word == "token" ? admin::MetricsReader::Nobody : admin::MetricsReader::Local;
}

admin::ServerSettings admin_settings(const settings::Section& host) {
    admin::ServerSettings settings;
    settings.host = host.text("ajour.admin.address");
    settings.port = static_cast<std::uint16_t>(host.integer("ajour.admin.port"));
    settings.max_threads = static_cast<int>(host.integer("ajour.admin.threads"));
    settings.max_waiting = static_cast<int>(host.integer("ajour.admin.connections"));
    settings.metrics_reader = metrics_reader(host);
    return settings;
}

/// By the plugin's name, or by the other word that its hook goes by.
bool is_reached_by(std::string_view word, std::string_view name, sdk::HookPort* hook) {
    if (hook == nullptr || word.empty()) return false;
    if (word == name) return true;
    const auto other = hook->try_word();
    return other && *other == word;
}

std::set<std::string> changed_keys(const settings::Document& before,
                                   const settings::Document& after) {
    std::set<std::string> changed;
    const auto compare = [&changed](const settings::Document& one,
                                    const settings::Document& other) {
        for (const auto& [key, entry] : one.entries()) {
            const auto* same = other.find(key);
            if (same == nullptr || same->value != entry.value) changed.insert(key);
        }
    };
    compare(before, after);
    compare(after, before);
    return changed;
}

}  // namespace

settings::Document load_document(const Sources& sources) {
    auto document = sources.file.empty()
                        ? settings::Document()
                        : or_throw(settings::load(sources.file), "reading the settings");
    settings::apply_environment(document, settings::host_table());
    for (const auto& flag : sources.flags) {
        or_throw(settings::apply_flag(document, flag), "reading the flags");
    }
    return document;
}

Server::Server(const Sources& sources)
    : sources_(sources),
      document_(load_document(sources)),
      host_(checked_host(document_)),
      log_(host_),
      state_(host_.text("ajour.state")),
      store_(state_, host_),
      plugins_(plugin_options(document_, host_, log_,
                              [this](const auto& plugin) { resolve_again(plugin); }),
               metrics_),
      registry_(chosen_registry()),
      engine_(
          {host_, state_.path(), registry_, store_.flights, plugins_.sources(), metrics_, log_}),
      periodic_(clock_, [this](const std::string& plugin, const std::string& text) {
          log_.write(LogLevel::Warning, plugin, text);
      }) {
    take_withdrawn();
}

Server::~Server() {
    stop();
}

sdk::RegistryPort& Server::chosen_registry() {
    const auto problems = plugins_.load(document_);
    if (!problems.empty()) throw std::runtime_error(settings::text_of(problems));
    const auto wanted = host_.text("ajour.registry");
    if (wanted == "embedded") return store_.registry;
    for (const auto& registry : plugins_.registries()) {
        if (registry.name == wanted) return *registry.port;
    }
    throw std::runtime_error("ajour.registry: found " + wanted +
                             ", expected embedded or the name of a registry plugin that is loaded");
}

void Server::start() {
    if (store_.made_first_token) {
        log(LogLevel::Info,
            "wrote the first admin token to " + (state_.path() / "admin.token").string());
    }
    if (store_.made_broker_token) {
        log(LogLevel::Info,
            "wrote a token for brokers to " + (state_.path() / "broker.token").string());
    }
    start_plugins();
    engine_.start();
    if (host_.boolean("ajour.admin.enabled")) start_admin();
    start_transports();
    add_periodic_work();
    serving_ = true;
    log(LogLevel::Info, "serving");
}

void Server::start_plugins() {
    or_throw(registry_.try_start(engine_.changes()), "starting the registry");
    for (const auto& source : plugins_.sources()) {
        or_throw(source.port->try_start(), "starting source " + source.name);
    }
    for (const auto& builder : plugins_.builders()) {
        or_throw(builder.port->try_start(), "starting builder " + builder.name);
    }
}

void Server::start_transports() {
    if (plugins_.transports().empty())
        log(LogLevel::Warning, "no transport plugin: no device can reach us");
    for (const auto& transport : plugins_.transports()) {
        or_throw(transport.port->try_start(engine_.inbox()),
                 "starting transport " + transport.name);
    }
}

void Server::start_admin() {
    admin_ = or_throw(admin::Server::start(admin_settings(host_), admin_dependencies()),
                      "starting the admin server");
    state_.publish("admin.port", std::to_string(admin_->port()));
    log(LogLevel::Info, "admin API on http://" + host_.text("ajour.admin.address") + ":" +
                            std::to_string(admin_->port()));
}

admin::Dependencies Server::admin_dependencies() {
    return {store_.objects,
            *store_.tokens,
            *store_.withdrawn,
            AJOUR_VERSION,
            [this] { return readiness(); },
            [this] { return metrics_.text(); },
            [this](std::string_view plugin, const sdk::HookRequest& request) {
                return pass_hook(plugin, request);
            },
            [this](const sdk::Message& message) { return engine_.logins().check(message); },
            [this] {
                return Json{{"devices_in_memory", engine_.fleet().size()}};
            },
            [this] { take_withdrawn(); },
            [this](LogLevel level, std::string_view text) { log_.write(level, "admin", text); },
            [this](const std::string& application) {
                return list_updates(engine_.fleet(), application);
            }};
}

std::vector<admin::Readiness> Server::readiness() const {
    std::vector<admin::Readiness> parts;
    parts.push_back({"transports", serving_.load(), serving_ ? "" : "not started yet"});
    return parts;
}

Result<void> Server::pass_hook(std::string_view plugin, const sdk::HookRequest& request) {
    const auto pass = [&](const auto& loaded) -> std::optional<Result<void>> {
        for (const auto& each : loaded) {
            if (!is_reached_by(plugin, each.name, each.port->hook())) continue;
            return each.port->hook()->try_receive(request);
        }
        return std::nullopt;
    };
    if (auto answered = pass(plugins_.sources())) return *answered;
    if (auto answered = pass(plugins_.transports())) return *answered;
    if (auto answered = pass(plugins_.registries())) return *answered;
    if (auto answered = pass(plugins_.builders())) return *answered;
    return Error{ErrorKind::NotFound, "no plugin " + std::string(plugin) + " takes hooks"};
}

void Server::resolve_again(const plugin_host::PluginName& plugin) {
    // Before it serves, nothing was resolved that could be old.
    if (!serving_ || plugin.kind != "source") return;
    for (const auto& source : plugins_.sources()) {
        if (source.name == plugin.name) engine_.catalog().expire(source.port);
    }
}

void Server::add_periodic_work() {
    for (const auto& each : plugins_.sources()) {
        periodic_.add("source." + each.name, each.port->periodic(), engine_.tending_crew_of(each));
    }
    auto& crew = engine_.registry_crew();
    periodic_.add("registry", registry_.periodic(), crew);
    for (const auto& each : plugins_.transports()) {
        periodic_.add("transport." + each.name, each.port->periodic(), crew);
    }
    for (const auto& each : plugins_.builders()) {
        periodic_.add("builder." + each.name, each.port->periodic(), crew);
    }
    periodic_ticker_ =
        std::make_unique<work::Ticker>(periodic_tick, [this] { periodic_.post_due(); });
}

void Server::take_withdrawn() {
    const auto list = store_.withdrawn->list();
    engine_.catalog().withdraw({list.begin(), list.end()});
}

void Server::reload() {
    try {
        auto document = load_document(sources_);
        const auto host = checked_host(document);
        log_.take_level(host);
        for (const auto& key : changed_keys(document_, document)) {
            const bool taken = key == "ajour.log.level";
            log(taken ? LogLevel::Info : LogLevel::Warning,
                key + (taken ? " was reloaded" : " changed, and takes a restart to count"));
        }
        document_ = std::move(document);
        log(LogLevel::Info, "reloaded the settings");
    } catch (const std::exception& thrown) {
        log(LogLevel::Error, std::string("reloading failed, the settings stay: ") + thrown.what());
    }
}

/// Side by side: peers that take their time delay a stop once, and not once for each transport.
void Server::stop_transports() {
    std::vector<std::future<void>> stopping;
    for (const auto& transport : plugins_.transports()) {
        stopping.push_back(std::async([port = transport.port] { port->try_stop(); }));
    }
    for (const auto& each : stopping) each.wait();
}

void Server::stop() {
    if (std::exchange(stopped_, true)) return;
    const Watchdog watchdog(host_.duration("ajour.stop.deadline"), [this] {
        log(LogLevel::Error, "a part did not stop within ajour.stop.deadline: ending the process");
    });
    serving_ = false;
    engine_.hurry();
    stop_transports();
    if (periodic_ticker_) periodic_ticker_->stop();
    if (admin_) admin_->stop();
    engine_.write_behind();
    for (const auto& source : plugins_.sources()) source.port->try_stop();  // the crews wait there
    registry_.try_stop();
    engine_.stop();
    for (const auto& builder : plugins_.builders()) builder.port->try_stop();
    log(LogLevel::Info, "stopped");
}

}  // namespace ajour::app

// SPDX-License-Identifier: Apache-2.0
#include "app/server.hpp"

#include "app/bad_settings.hpp"
#include "app/or_throw.hpp"
#include "app/plugin_options.hpp"
#include "app/update_list.hpp"
#include "app/watchdog.hpp"
#include "settings/host_rows.hpp"
#include "settings/overrides.hpp"
#include "settings/unknown_variables.hpp"

#include <future>
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
    if (!checked.problems.empty()) throw BadSettings(settings::text_of(checked.problems));
    return std::move(checked.section);
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
    settings.max_body = static_cast<std::size_t>(host.integer("ajour.admin.body.max"));
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

}  // namespace

settings::Document load_document(const Sources& sources) {
    auto document = sources.file.empty() ? Result<settings::Document>(settings::Document())
                                         : settings::load(sources.file);
    if (!document) throw BadSettings(document.error().in("reading the settings").text);
    settings::apply_environment(*document, settings::host_table());
    for (const auto& flag : sources.flags) {
        const auto applied = settings::apply_flag(*document, flag);
        if (!applied) throw BadSettings(applied.error().in("reading the flags").text);
    }
    return std::move(*document);
}

Server::Server(const Sources& sources)
    : sources_(sources),
      document_(load_document(sources)),
      host_(checked_host(document_)),
      log_(host_),
      state_(host_.text("ajour.state")),
      store_(state_, host_),
      plugins_(plugin_options(
                   document_, host_,
                   [this](LogLevel level, std::string_view plugin, std::string_view text) {
                       log_.write(level, plugin, text);
                   },
                   [this](const auto& plugin) { resolve_again(plugin); }),
               metrics_),
      registry_(chosen_registry()),
      engine_(
          {host_, state_.path(), registry_, store_.flights, plugins_.sources(), metrics_, log_}),
      periodic_(clock_, [this](const std::string& plugin, const std::string& text) {
          log_.write(LogLevel::Warning, plugin, text);
      }) {
    take_withdrawn();
    check_variables();
}

Server::~Server() {
    stop();
}

sdk::RegistryPort& Server::chosen_registry() {
    const auto problems = plugins_.load(document_);
    if (!problems.empty()) throw BadSettings(settings::text_of(problems));
    const auto wanted = host_.text("ajour.registry");
    if (wanted == "embedded") return store_.registry;
    for (const auto& registry : plugins_.registries()) {
        if (registry.name == wanted) return *registry.port;
    }
    throw BadSettings("ajour.registry: found " + wanted + ", which is not loaded");
}

/// After the plugins, whose settings have variables too.
void Server::check_variables() {
    const auto unknown = settings::unknown_variables(
        document_, plugins_.tables(), plugins_.unchecked(), settings::variables_of_process());
    for (const auto& problem : unknown) log(LogLevel::Warning, problem.sentence());
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

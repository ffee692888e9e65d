// SPDX-License-Identifier: Apache-2.0
#include "app/engine.hpp"

#include "app/engine_limits.hpp"
#include "app/or_throw.hpp"

namespace ajour::app {

namespace {

constexpr std::size_t crew_queue_max = 100'000;
constexpr std::size_t source_crews_max = 64;  // for the upstreams of one source
constexpr std::size_t report_batch = 1'000;
constexpr std::chrono::milliseconds overdue_interval{100};
constexpr std::chrono::seconds sweep_interval{1};

std::size_t workers(const settings::Section& host) {
    return static_cast<std::size_t>(host.integer("exchange.workers"));
}

sdk::Metric& targets_full(metrics::Metrics& metrics) {
    return metrics.counter("targets_full", "Look-ups of devices whose target found no room.");
}

firmware::Catalog::Counts catalog_counts(metrics::Metrics& metrics) {
    return {metrics.counter("releases_resolved", "Questions to sources."),
            metrics.counter("releases_fetched", "Fetches of images."),
            metrics.counter("releases_failed", "Resolutions and fetches that failed."),
            metrics.gauge("targets", "Targets in memory."), targets_full(metrics)};
}

fleet::Fleet::Counts fleet_counts(metrics::Metrics& metrics) {
    return {metrics.gauge("devices", "Devices in memory."),
            metrics.counter("registry_lookups", "Questions to the registry."),
            metrics.counter("registry_failures", "Questions to the registry that failed.")};
}

exchange::Exchange::Counts exchange_counts(metrics::Metrics& metrics) {
    return {
        metrics.counter("statuses", "Statuses received."),
        metrics.counter("statuses_malformed", "Statuses that could not be read."),
        metrics.counter("statuses_refused", "Statuses of senders that were refused."),
        metrics.counter("statuses_throttled", "Statuses from addresses that guessed too often."),
        metrics.counter("statuses_full", "Statuses refused because too many waited."),
        metrics.counter("statuses_parked", "Statuses that had to wait."),
        metrics.gauge("statuses_waiting", "Statuses that wait now."),
        metrics.counter("commands_wait", "Commands to wait."),
        metrics.counter("commands_sync", "Commands to sync."),
        metrics.counter("commands_write", "Commands to write a block."),
        metrics.counter("commands_swap", "Commands to swap."),
        metrics.counter("block_bytes", "Bytes sent in blocks.")};
}

exchange::Logins::Counts login_counts(metrics::Metrics& metrics) {
    return {metrics.counter("logins", "Questions of brokers whether a device may log in."),
            metrics.counter("logins_refused", "Logins that were refused."),
            metrics.counter("logins_throttled", "Logins from addresses that guessed too often."),
            metrics.counter("logins_failed", "Logins for which the registry failed."),
            metrics.counter("logins_full", "Logins refused because too many were being checked.")};
}

}  // namespace

Engine::Engine(const Parts& parts)
    : report_interval_(parts.host.duration("fleet.report.interval")),
      log_(parts.log),
      registry_crew_("registry", workers(parts.host), crew_queue_max),
      targets_full_(targets_full(parts.metrics)) {
    auto& metrics = parts.metrics;
    cache_ = or_throw(
        firmware::Cache::open(parts.state / "firmware", cache_limits(parts.host), clock_,
                              metrics.gauge("firmware_cache_bytes", "Bytes of releases on disk.")),
        "starting");
    catalog_ = std::make_unique<firmware::Catalog>(
        hands(parts), *cache_, clock_, catalog_limits(parts.host), catalog_counts(metrics));
    fleet_ = std::make_unique<fleet::Fleet>(
        fleet::Fleet::Parts{parts.registry, registry_crew_, *catalog_, parts.flights, clock_},
        fleet_limits(parts.host), fleet_counts(metrics));
    reporter_ = std::make_unique<fleet::Reporter>(
        fleet::Reporter::Parts{*fleet_, parts.registry, parts.flights, *catalog_}, report_batch,
        metrics.counter("reports", "Device reports written to the registry."),
        metrics.counter("report_failures", "Batches of reports that could not be written."),
        [&log = parts.log](const std::string& text) {
            log.write(sdk::LogLevel::Warning, "fleet", text);
        });
    exchange_ = std::make_unique<exchange::Exchange>(
        exchange::Exchange::Parts{*fleet_, *catalog_, registry_crew_, clock_},
        exchange_limits(parts.host), exchange_counts(metrics));
    logins_ = std::make_unique<exchange::Logins>(
        exchange::Logins::Parts{*fleet_, exchange_->brake(), clock_}, login_checks_max(parts.host),
        login_counts(metrics));
}

Engine::~Engine() {
    stop();
}

std::vector<firmware::SourceHand> Engine::hands(const Parts& parts) {
    std::vector<firmware::SourceHand> hands;
    for (const auto& source : parts.sources) {
        auto traits =
            or_throw(source.port->try_traits(), "asking source " + source.name + " for its traits");
        tending_crews_.push_back(std::make_unique<work::Crew>("tend-" + source.name, 1, 1));
        sources_.push_back(source.port);
        for (const auto& key : traits.keys) {
            for (const auto& other : hands) {
                if (std::count(other.traits.keys.begin(), other.traits.keys.end(), key) == 0)
                    continue;
                throw std::runtime_error("source " + source.name + " serves spec.firmware." + key +
                                         ", which another source serves already");
            }
        }
        auto crews = crews_of(source.name, traits.upstreams, workers(parts.host));
        hands.push_back({source.port, std::move(traits), std::move(crews)});
    }
    return hands;
}

std::vector<work::Crew*> Engine::crews_of(const std::string& source, std::size_t upstreams,
                                          std::size_t workers) {
    std::vector<work::Crew*> crews;
    for (std::size_t i = 0; i < std::clamp<std::size_t>(upstreams, 1, source_crews_max); ++i) {
        source_crews_.push_back(
            std::make_unique<work::Crew>("source-" + source, workers, crew_queue_max));
        crews.push_back(source_crews_.back().get());
    }
    return crews;
}

work::Crew& Engine::tending_crew_of(const plugin_host::LoadedSource& source) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (sources_[i] == source.port) return *tending_crews_[i];
    }
    return registry_crew_;
}

void Engine::start() {
    report_ticker_ =
        std::make_unique<work::Ticker>(report_interval_, [this] { reporter_->flush(); });
    overdue_ticker_ =
        std::make_unique<work::Ticker>(overdue_interval, [this] { exchange_->answer_overdue(); });
    sweep_ticker_ = std::make_unique<work::Ticker>(sweep_interval, [this] { sweep(); });
}

void Engine::sweep() {
    fleet_->let_go_of_stale();
    catalog_->forget_idle();
    tell_of_full_targets();
}

void Engine::tell_of_full_targets() {
    const auto full = targets_full_.value();
    const auto more = full - std::exchange(targets_full_told_, full);
    if (more == 0) return;
    log_.write(
        sdk::LogLevel::Warning, "firmware",
        "as many targets are in use as firmware.targets.max allows: " + std::to_string(more) +
            " look-ups of devices found no room for theirs, these wait");
}

void Engine::write_behind() {
    if (overdue_ticker_) overdue_ticker_->stop();
    if (report_ticker_) report_ticker_->stop();
    if (sweep_ticker_) sweep_ticker_->stop();
    reporter_->flush();
}

void Engine::stop() {
    if (std::exchange(stopped_, true)) return;
    write_behind();
    registry_crew_.stop();
    for (const auto& crew : tending_crews_) crew->stop();
    for (const auto& crew : source_crews_) crew->stop();
    reporter_->flush();  // what the crews were about to do; a registry that has stopped may not
}

}  // namespace ajour::app

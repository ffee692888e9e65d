// SPDX-License-Identifier: Apache-2.0
// The message path, built out of settings and plugins: cache, catalog, fleet, exchange, and their
// crews.
#pragma once

#include "app/logging.hpp"
#include "exchange/exchange.hpp"
#include "exchange/logins.hpp"
#include "firmware/cache.hpp"
#include "firmware/catalog.hpp"
#include "fleet/fleet.hpp"
#include "fleet/reporter.hpp"
#include "metrics/metrics.hpp"
#include "plugin_host/host.hpp"
#include "settings/section.hpp"
#include "work/ticker.hpp"

#include <memory>
#include <vector>

namespace ajour::app {

class Engine {
public:
    struct Parts {
        const settings::Section& host;
        std::filesystem::path state;
        sdk::RegistryPort& registry;
        fleet::FlightLog& flights;
        std::span<const plugin_host::LoadedSource> sources;
        metrics::Metrics& metrics;
        Log& log;
    };
    /// Throws std::runtime_error. The registry is not started yet, the sources are not asked yet.
    explicit Engine(const Parts& parts);
    ~Engine();

    sdk::Inbox& inbox() { return *exchange_; }
    sdk::Changes& changes() { return *fleet_; }
    exchange::Logins& logins() { return *logins_; }
    fleet::Fleet& fleet() { return *fleet_; }
    firmware::Catalog& catalog() { return *catalog_; }
    /// Why what devices reported cannot be stored; empty when it can. [any]
    std::string store_trouble() const { return reporter_->trouble(); }
    work::Crew& registry_crew() { return registry_crew_; }
    /// For the source's periodic work, which is late for none of its upstreams.
    work::Crew& tending_crew_of(const plugin_host::LoadedSource& source);

    /// Begins to write behind and to answer those who wait for too long.
    void start();
    /// Nobody waits from now on.
    void hurry() { exchange_->hurry(); }
    /// Writes what is due, and from then on only at `stop`. Safe twice.
    void write_behind();
    /// The same, and ends all threads; what they wait for should have been stopped. Safe twice.
    void stop();

private:
    void sweep();
    void tell_of_full_targets();
    std::vector<firmware::SourceHand> hands(const Parts& parts);
    std::vector<work::Crew*> crews_of(const std::string& source, std::size_t upstreams,
                                      std::size_t workers);

    const work::SteadyClock clock_;
    const std::chrono::milliseconds report_interval_;
    Log& log_;
    work::Crew registry_crew_;
    std::vector<std::unique_ptr<work::Crew>> source_crews_, tending_crews_;
    std::vector<sdk::SourcePort*> sources_;
    std::unique_ptr<firmware::Cache> cache_;
    std::unique_ptr<firmware::Catalog> catalog_;
    std::unique_ptr<fleet::Fleet> fleet_;
    std::unique_ptr<fleet::Reporter> reporter_;
    std::unique_ptr<exchange::Exchange> exchange_;
    std::unique_ptr<exchange::Logins> logins_;
    std::unique_ptr<work::Ticker> report_ticker_, overdue_ticker_, sweep_ticker_;
    const sdk::Metric& targets_full_;
    std::int64_t targets_full_told_ = 0;
    bool stopped_ = false;
};

}  // namespace ajour::app

// SPDX-License-Identifier: Apache-2.0
// The whole engine between a transport and the plugins, wired as the host does it, on fakes.
#pragma once

#include "exchange/exchange.hpp"
#include "fleet/reporter.hpp"
#include "support/await.hpp"
#include "support/manual_clock.hpp"
#include "support/memory_flight_log.hpp"
#include "support/memory_registry.hpp"
#include "support/recording_reply.hpp"
#include "support/sample_image.hpp"
#include "support/scripted_source.hpp"
#include "support/temp_directory.hpp"
#include "support/wire.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace ajour::support {

struct EngineLimits {
    EngineLimits();

    exchange::Exchange::Limits exchange;
    fleet::Fleet::Limits fleet;
    firmware::Catalog::Limits catalog;
    firmware::Cache::Limits cache;
    std::size_t registry_queue = 1000, source_queue = 1000;
    std::size_t threads = 2;
};

struct Metrics {
    sdk::Metric bytes_on_disk, resolved, fetched, failed, targets, targets_full, devices, looked_up,
        registry_failed, statuses, malformed, refused, throttled, full, parked, parked_now, waits,
        syncs, writes, swaps, block_bytes, reported, report_failed;
};

class Engine {
public:
    /// A clock of one's own may be given; it must outlive the engine.
    explicit Engine(const EngineLimits& limits = {}, const work::Clock* own_clock = nullptr);
    ~Engine();

    /// Submits a status with the password "secret".
    RecordingReply submit(const sdk::DeviceId& device, const DeviceStatus& status);
    RecordingReply submit(const sdk::Message& message);
    /// The same, and waits for the command; Unreadable when it was refused.
    ReceivedCommand ask(const sdk::DeviceId& device, const DeviceStatus& status);

    /// Puts a new server in place of this one, as after a kill: only registry, flights and disk are
    /// left.
    void restart();

    TempDirectory directory;
    ManualClock clock;
    MemoryRegistry registry;
    MemoryFlightLog flights;
    ScriptedSource source;
    ScriptedSource other_source{"other"};
    Metrics metrics;

    firmware::Cache& cache() { return *running_->cache; }
    firmware::Catalog& catalog() { return running_->catalog; }
    fleet::Fleet& fleet() { return running_->fleet; }
    exchange::Exchange& exchange() { return running_->exchange; }
    fleet::Reporter& reporter() { return running_->reporter; }
    work::Crew& registry_crew() { return running_->registry_crew; }
    std::string complaint;

private:
    struct Running {
        explicit Running(Engine& engine);
        std::unique_ptr<firmware::Cache> cache;
        work::Crew registry_crew, source_crew, other_crew;
        firmware::Catalog catalog;
        fleet::Fleet fleet;
        exchange::Exchange exchange;
        fleet::Reporter reporter;
    };

    const EngineLimits limits_;
    const work::Clock& used_clock_;
    std::unique_ptr<Running> running_;
};

}  // namespace ajour::support

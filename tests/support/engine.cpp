// SPDX-License-Identifier: Apache-2.0
#include "support/engine.hpp"

#include <stdexcept>

namespace ajour::support {

namespace {

constexpr std::size_t batch_max = 1000;

std::unique_ptr<firmware::Cache> open_cache(Engine& engine, const firmware::Cache::Limits& limits,
                                            const work::Clock& clock) {
    auto opened =
        firmware::Cache::open(engine.directory.path(), limits, clock, engine.metrics.bytes_on_disk);
    if (!opened) throw std::runtime_error(opened.error().text);
    return std::move(*opened);
}

}  // namespace

EngineLimits::EngineLimits() {
    exchange.jitter = 0;
}

Engine::Running::Running(Engine& engine)
    : cache(open_cache(engine, engine.limits_.cache, engine.used_clock_)),
      registry_crew("registry", engine.limits_.threads, engine.limits_.registry_queue),
      source_crew("source", engine.limits_.threads, engine.limits_.source_queue),
      other_crew("other", engine.limits_.threads, engine.limits_.source_queue),
      catalog({{&engine.source, engine.source.traits(), {&source_crew}},
               {&engine.other_source, engine.other_source.traits(), {&other_crew}}},
              *cache, engine.used_clock_, engine.limits_.catalog,
              {engine.metrics.resolved, engine.metrics.fetched, engine.metrics.failed,
               engine.metrics.targets, engine.metrics.targets_full}),
      fleet({engine.registry, registry_crew, catalog, engine.flights, engine.used_clock_},
            engine.limits_.fleet,
            {engine.metrics.devices, engine.metrics.looked_up, engine.metrics.registry_failed}),
      exchange({fleet, catalog, registry_crew, engine.used_clock_}, engine.limits_.exchange,
               {engine.metrics.statuses, engine.metrics.malformed, engine.metrics.refused,
                engine.metrics.throttled, engine.metrics.full, engine.metrics.parked,
                engine.metrics.parked_now, engine.metrics.waits, engine.metrics.syncs,
                engine.metrics.writes, engine.metrics.swaps, engine.metrics.block_bytes}),
      reporter({fleet, engine.registry, engine.flights, catalog}, batch_max,
               engine.metrics.reported, engine.metrics.report_failed,
               [&engine](const std::string& text) { engine.complaint = text; }) {}

Engine::Engine(const EngineLimits& limits, const work::Clock* own_clock)
    : limits_(limits),
      used_clock_(own_clock == nullptr ? clock : *own_clock),
      running_(std::make_unique<Running>(*this)) {}

Engine::~Engine() {
    registry.gate.open();
    source.resolve_gate.open();
    source.fetch_gate.open();
    other_source.resolve_gate.open();
    other_source.fetch_gate.open();
    running_->registry_crew.stop();
    running_->source_crew.stop();
    running_->other_crew.stop();
}

RecordingReply Engine::submit(const sdk::DeviceId& device, const DeviceStatus& status) {
    const auto payload = bytes_of(status);
    return submit(sdk::Message{
        device, device, {sdk::Credential::Kind::Password, {}, "secret"}, payload, 0, "192.0.2.1"});
}

RecordingReply Engine::submit(const sdk::Message& message) {
    RecordingReply reply;
    exchange().submit(message, reply);
    return reply;
}

ReceivedCommand Engine::ask(const sdk::DeviceId& device, const DeviceStatus& status) {
    const auto reply = submit(device, status);
    if (!reply.await_answer()) return {};
    return read_command(reply.answer().command);
}

void Engine::restart() {
    running_->registry_crew.stop();
    running_->source_crew.stop();
    running_->other_crew.stop();
    running_.reset();
    running_ = std::make_unique<Running>(*this);
}

}  // namespace ajour::support

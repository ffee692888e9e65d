// SPDX-License-Identifier: Apache-2.0
#include "drogue_registry.hpp"

#include "active.hpp"
#include "change_hook.hpp"
#include "cloud.hpp"
#include "look_ups.hpp"
#include "news.hpp"
#include "outbox.hpp"
#include "poll.hpp"
#include "read_settings.hpp"
#include "records.hpp"
#include "status_writer.hpp"
#include "tips.hpp"
#include "writers.hpp"

namespace ajour::drogue_registry {

using sdk::DeviceRecord;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Error not_running() {
    return {ErrorKind::Unavailable, "registry drogue is not running"};
}

}  // namespace

struct DrogueRegistry::Running {
    Running(const Options& options, Metrics& metrics, sdk::Host& host, sdk::Changes& changes)
        : cloud(options, metrics),
          records({options.cache_bytes, options.age, options.missing_age}, metrics),
          active(options.applications, options.applications_max, options.applications_idle,
                 metrics),
          outbox({options.statuses_max, options.step, options.settle, options.interval,
                  options.turns, options.interval_max},
                 metrics),
          news(changes, outbox, metrics),
          tips(options.events_max, metrics),
          hook(host.settings(), tips, metrics),
          look_ups({cloud, records, active, outbox, news, metrics, options}),
          poll({cloud, records, active, news, tips, options}),
          writer({cloud, records, news, metrics, options.tries, options.step}),
          writers({outbox, writer, cloud, metrics, host}, options.writers) {}

    Cloud cloud;
    Records records;
    Active active;
    Outbox outbox;
    News news;
    Tips tips;
    ChangeHook hook;
    LookUps look_ups;
    Poll poll;
    StatusWriter writer;
    Writers writers;
};

DrogueRegistry::DrogueRegistry(sdk::Host& host)
    : host_(host), options_(read_settings(host.settings())), metrics_(host) {}

DrogueRegistry::~DrogueRegistry() {
    stop();
}

Result<void> DrogueRegistry::start(sdk::Changes& changes) {
    if (options_.url.empty()) {
        return Error{ErrorKind::Malformed,
                     "registry.drogue.url is not set, expected the URL of a Drogue Cloud"};
    }
    running_ = std::make_unique<Running>(options_, metrics_, host_, changes);
    return {};
}

void DrogueRegistry::stop() {
    if (running_) running_->writers.stop(options_.stop_timeout);
}

Result<DeviceRecord> DrogueRegistry::look_up(const sdk::DeviceId& device) {
    return running_ ? running_->look_ups.look_up(device) : not_running();
}

Result<void> DrogueRegistry::report(std::span<const sdk::Report> reports) {
    if (!running_) return not_running();
    const auto now = std::chrono::steady_clock::now();
    bool all = true;
    for (const auto& report : reports) all = running_->outbox.put(report, now) && all;
    if (all) return {};
    return Error{ErrorKind::Full, "too many statuses wait for the cloud (status.max)"};
}

sdk::Periodic* DrogueRegistry::periodic() noexcept {
    return running_ ? &running_->poll : nullptr;
}

sdk::Hook* DrogueRegistry::hook() noexcept {
    return running_ ? &running_->hook : nullptr;
}

}  // namespace ajour::drogue_registry

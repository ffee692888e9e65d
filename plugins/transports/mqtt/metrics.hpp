// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::mqtt {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : connected(host.gauge("connected")),
          connects(host.counter("connects")),
          connect_failures(host.counter("connect_failures")),
          connections_lost(host.counter("connections_lost")),
          statuses(host.counter("statuses")),
          statuses_retained(host.counter("statuses_retained")),
          statuses_malformed(host.counter("statuses_malformed")),
          responses_refused(host.counter("responses_refused")),
          commands(host.counter("commands")),
          commands_unacknowledged(host.gauge("commands_unacknowledged")),
          commands_queued(host.gauge("commands_queued")),
          commands_dropped(host.counter("commands_dropped")),
          commands_refused(host.counter("commands_refused")),
          refusals(host.counter("refusals")) {}

    sdk::Metric& connected;           ///< 1 while the broker has granted all subscriptions
    sdk::Metric& connects;            ///< times that it became 1
    sdk::Metric& connect_failures;    ///< tries that ended before
    sdk::Metric& connections_lost;    ///< times that it ended after
    sdk::Metric& statuses;            ///< messages that came
    sdk::Metric& statuses_retained;   ///< of these: passed over, because they were retained
    sdk::Metric& statuses_malformed;  ///< passed over: a topic without a device, too long, empty
    sdk::Metric& responses_refused;   ///< response topics that were not honoured
    sdk::Metric& commands;
    sdk::Metric& commands_unacknowledged;
    sdk::Metric& commands_queued;
    sdk::Metric& commands_dropped;  ///< without room, or without a connection
    sdk::Metric& commands_refused;  ///< by the broker (MQTT 5)
    sdk::Metric& refusals;          ///< statuses that the host gave no command for
};

}  // namespace ajour::mqtt

// SPDX-License-Identifier: Apache-2.0
// What each transport counts that speaks through a broker, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::mqtt_client {

struct ConnectionMetrics {
    explicit ConnectionMetrics(sdk::Host& host)
        : connected(host.gauge("connected")),
          connects(host.counter("connects")),
          connect_failures(host.counter("connect_failures")),
          connections_lost(host.counter("connections_lost")),
          commands(host.counter("commands")),
          commands_unacknowledged(host.gauge("commands_unacknowledged")),
          commands_queued(host.gauge("commands_queued")),
          commands_dropped(host.counter("commands_dropped")),
          commands_refused(host.counter("commands_refused")),
          refusals(host.counter("refusals")) {}

    sdk::Metric& connected;         ///< 1 while the broker has answered all subscriptions
    sdk::Metric& connects;          ///< times that it became 1
    sdk::Metric& connect_failures;  ///< tries that ended before
    sdk::Metric& connections_lost;  ///< times that it ended after
    sdk::Metric& commands;
    sdk::Metric& commands_unacknowledged;
    sdk::Metric& commands_queued;
    sdk::Metric& commands_dropped;  ///< without room, or without a connection
    sdk::Metric& commands_refused;  ///< by the broker (MQTT 5)
    sdk::Metric& refusals;          ///< statuses that the host gave no command for
};

}  // namespace ajour::mqtt_client

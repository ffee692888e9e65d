// SPDX-License-Identifier: Apache-2.0
// What each transport counts that speaks through a broker, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::mqtt_client {

struct ConnectionMetrics {
    explicit ConnectionMetrics(sdk::Host& host)
        : connected(host.gauge("connected", "1 while the broker has answered all subscriptions.")),
          connects(host.counter("connects", "Times that the connection came about.")),
          connect_failures(host.counter("connect_failures", "Tries to connect that ended before.")),
          connections_lost(
              host.counter("connections_lost", "Times that the connection ended after.")),
          commands(host.counter("commands", "Commands published.")),
          commands_unacknowledged(host.gauge("commands_unacknowledged",
                                             "Commands that the broker has not acknowledged yet.")),
          commands_queued(host.gauge("commands_queued", "Commands that wait to be published.")),
          commands_dropped(host.counter("commands_dropped",
                                        "Commands dropped without room, or without a connection.")),
          commands_refused(
              host.counter("commands_refused", "Commands that the broker refused (MQTT 5).")),
          refusals(host.counter("refusals", "Statuses for which the host gave no command.")) {}

    sdk::Metric& connected;
    sdk::Metric& connects;
    sdk::Metric& connect_failures;
    sdk::Metric& connections_lost;
    sdk::Metric& commands;
    sdk::Metric& commands_unacknowledged;
    sdk::Metric& commands_queued;
    sdk::Metric& commands_dropped;
    sdk::Metric& commands_refused;
    sdk::Metric& refusals;
};

}  // namespace ajour::mqtt_client

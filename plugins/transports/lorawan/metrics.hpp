// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include "air_metrics.hpp"
#include "connection_metrics.hpp"

namespace ajour::lorawan {

struct Metrics : mqtt_client::ConnectionMetrics, lora::AirMetrics {
    explicit Metrics(sdk::Host& host)
        : ConnectionMetrics(host),
          AirMetrics(host),
          uplinks(host.counter("uplinks", "Messages received.")),
          uplinks_other(
              host.counter("uplinks_other", "Messages of other ports, or that are no uplinks.")),
          uplinks_unreadable(host.counter(
              "uplinks_unreadable", "Messages that are broken, or of a device without a name.")),
          hooks_refused(host.counter("hooks_refused", "Webhooks without the right secret.")),
          commands_withheld(
              host.counter("commands_withheld",
                           "Commands not sent since one before them waits in the network server.")),
          posts_accepted(host.counter("command_posts_accepted",
                                      "Commands that the network server took by HTTP.")),
          posts_failed(host.counter("command_posts_failed",
                                    "Commands by HTTP with any other answer, or none.")) {}

    sdk::Metric& uplinks;
    sdk::Metric& uplinks_other;
    sdk::Metric& uplinks_unreadable;
    sdk::Metric& hooks_refused;
    sdk::Metric& commands_withheld;
    sdk::Metric& posts_accepted;
    sdk::Metric& posts_failed;
};

}  // namespace ajour::lorawan

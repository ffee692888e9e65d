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
          fates_other(host.counter("fates_other", "What is told of downlinks that are not ours.")),
          fates_unreadable(
              host.counter("fates_unreadable", "What is told of downlinks, and is broken.")),
          downlinks_sent(host.counter("downlinks_sent",
                                      "Downlinks sent by gateways, as the network server tells.")),
          downlinks_postponed(
              host.counter("downlinks_postponed",
                           "Downlinks that no gateway could send, and that are tried again.")),
          downlinks_too_long(host.counter(
              "downlinks_too_long", "Downlinks dropped as too long, as the network server finds.")),
          downlinks_untransmitted(host.counter("downlinks_untransmitted",
                                               "Downlinks dropped as no gateway could send them.")),
          downlinks_dropped(
              host.counter("downlinks_dropped", "Downlinks dropped for another reason.")),
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
    sdk::Metric& fates_other;
    sdk::Metric& fates_unreadable;
    sdk::Metric& downlinks_sent;
    sdk::Metric& downlinks_postponed;
    sdk::Metric& downlinks_too_long;
    sdk::Metric& downlinks_untransmitted;
    sdk::Metric& downlinks_dropped;
    sdk::Metric& commands_withheld;
    sdk::Metric& posts_accepted;
    sdk::Metric& posts_failed;
};

}  // namespace ajour::lorawan

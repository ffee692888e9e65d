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
          uplinks(host.counter("uplinks")),
          uplinks_other(host.counter("uplinks_other")),
          uplinks_unreadable(host.counter("uplinks_unreadable")),
          hooks_refused(host.counter("hooks_refused")),
          fates_other(host.counter("fates_other")),
          fates_unreadable(host.counter("fates_unreadable")),
          downlinks_sent(host.counter("downlinks_sent")),
          downlinks_postponed(host.counter("downlinks_postponed")),
          downlinks_too_long(host.counter("downlinks_too_long")),
          downlinks_untransmitted(host.counter("downlinks_untransmitted")),
          downlinks_dropped(host.counter("downlinks_dropped")),
          commands_withheld(host.counter("commands_withheld")),
          posts_accepted(host.counter("command_posts_accepted")),
          posts_failed(host.counter("command_posts_failed")) {}

    sdk::Metric& uplinks;                  ///< messages that came
    sdk::Metric& uplinks_other;            ///< of these: of other ports, or no uplinks
    sdk::Metric& uplinks_unreadable;       ///< of these: broken, or of a device without a name
    sdk::Metric& hooks_refused;            ///< webhooks without the right secret
    sdk::Metric& fates_other;              ///< what is told of downlinks that are not ours
    sdk::Metric& fates_unreadable;         ///< likewise, and broken
    sdk::Metric& downlinks_sent;           ///< by gateways, as the network server tells
    sdk::Metric& downlinks_postponed;      ///< no gateway could send them; they are tried again
    sdk::Metric& downlinks_too_long;       ///< dropped, as the network server finds
    sdk::Metric& downlinks_untransmitted;  ///< dropped, as no gateway could send them
    sdk::Metric& downlinks_dropped;        ///< for another reason
    sdk::Metric& commands_withheld;        ///< since one before them waits in the network server
    sdk::Metric& posts_accepted;           ///< commands that the network server took by HTTP
    sdk::Metric& posts_failed;             ///< any other answer, or none
};

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include "connection_metrics.hpp"

namespace ajour::mqtt {

struct Metrics : mqtt_client::ConnectionMetrics {
    explicit Metrics(sdk::Host& host)
        : ConnectionMetrics(host),
          statuses(host.counter("statuses", "Messages received.")),
          statuses_retained(host.counter("statuses_retained",
                                         "Messages passed over because they were retained.")),
          statuses_malformed(
              host.counter("statuses_malformed",
                           "Messages passed over: a topic without a device, too long, empty.")),
          responses_refused(
              host.counter("responses_refused", "Response topics that were not honoured.")) {}

    sdk::Metric& statuses;
    sdk::Metric& statuses_retained;
    sdk::Metric& statuses_malformed;
    sdk::Metric& responses_refused;
};

}  // namespace ajour::mqtt

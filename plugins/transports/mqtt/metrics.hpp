// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include "connection_metrics.hpp"

namespace ajour::mqtt {

struct Metrics : mqtt_client::ConnectionMetrics {
    explicit Metrics(sdk::Host& host)
        : ConnectionMetrics(host),
          statuses(host.counter("statuses")),
          statuses_retained(host.counter("statuses_retained")),
          statuses_malformed(host.counter("statuses_malformed")),
          responses_refused(host.counter("responses_refused")) {}

    sdk::Metric& statuses;            ///< messages that came
    sdk::Metric& statuses_retained;   ///< of these: passed over, because they were retained
    sdk::Metric& statuses_malformed;  ///< passed over: a topic without a device, too long, empty
    sdk::Metric& responses_refused;   ///< response topics that were not honoured
};

}  // namespace ajour::mqtt

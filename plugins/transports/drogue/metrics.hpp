// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include "air_metrics.hpp"
#include "connection_metrics.hpp"

namespace ajour::drogue {

struct Metrics : mqtt_client::ConnectionMetrics, lora::AirMetrics {
    explicit Metrics(sdk::Host& host)
        : ConnectionMetrics(host),
          AirMetrics(host),
          events(host.counter("events")),
          events_other(host.counter("events_other")),
          events_stale(host.counter("events_stale")),
          events_unreadable(host.counter("events_unreadable")),
          events_unaddressable(host.counter("events_unaddressable")),
          events_withheld(host.counter("events_withheld")),
          applications(host.gauge("applications")),
          applications_refused(host.gauge("applications_refused")),
          application_failures(host.counter("application_list_failures")),
          tokens(host.counter("tokens")),
          token_failures(host.counter("token_failures")),
          posts_accepted(host.counter("command_posts_accepted")),
          posts_rejected(host.counter("command_posts_rejected")),
          posts_denied(host.counter("command_posts_denied")),
          posts_busy(host.counter("command_posts_busy")),
          posts_failed(host.counter("command_posts_failed")),
          posts_repeated(host.counter("command_posts_repeated")) {}

    sdk::Metric& events;                ///< that came
    sdk::Metric& events_other;          ///< of these: of other channels
    sdk::Metric& events_stale;          ///< of a time too long ago, or too far ahead
    sdk::Metric& events_unreadable;     ///< no CloudEvents, or without a status in them
    sdk::Metric& events_unaddressable;  ///< of a device whose name cannot be in a topic
    sdk::Metric& events_withheld;       ///< of a device whose commands end the connection
    sdk::Metric& applications;          ///< that are wanted
    sdk::Metric& applications_refused;  ///< of these: whose subscription was not granted
    sdk::Metric& application_failures;  ///< times that the list could not be had
    sdk::Metric& tokens;                ///< access tokens that were got
    sdk::Metric& token_failures;
    sdk::Metric& posts_accepted;  ///< commands to the HTTP API that it took: 200 or 202
    sdk::Metric& posts_rejected;  ///< 406: unknown or disabled, or the network said no
    sdk::Metric& posts_denied;    ///< 401, 403 or 404
    sdk::Metric& posts_busy;      ///< 503, the second time
    sdk::Metric& posts_failed;    ///< any other answer, or none
    sdk::Metric& posts_repeated;  ///< after a first 503
};

}  // namespace ajour::drogue

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
          events(host.counter("events", "Events received.")),
          events_other(host.counter("events_other", "Events of other channels.")),
          events_stale(
              host.counter("events_stale", "Events of a time too long ago, or too far ahead.")),
          events_unreadable(host.counter(
              "events_unreadable", "Events that are no CloudEvents, or have no status in them.")),
          events_unaddressable(host.counter("events_unaddressable",
                                            "Events of a device whose name cannot be in a topic.")),
          events_withheld(host.counter("events_withheld",
                                       "Events of a device whose commands end the connection.")),
          applications(host.gauge("applications", "Applications that are wanted.")),
          applications_refused(host.gauge("applications_refused",
                                          "Applications whose subscription was not granted.")),
          application_failures(
              host.counter("application_list_failures",
                           "Times that the list of applications could not be had.")),
          tokens(host.counter("tokens", "Access tokens that were got.")),
          token_failures(host.counter("token_failures", "Access tokens that could not be got.")),
          posts_accepted(host.counter("command_posts_accepted",
                                      "Commands that the HTTP API took (200 or 202).")),
          posts_rejected(host.counter("command_posts_rejected",
                                      "Commands to a device that is unknown or disabled, or that "
                                      "its network refused (406).")),
          posts_denied(
              host.counter("command_posts_denied", "Commands answered with 401, 403 or 404.")),
          posts_busy(
              host.counter("command_posts_busy", "Commands answered with 503 a second time.")),
          posts_failed(
              host.counter("command_posts_failed", "Commands with any other answer, or none.")),
          posts_repeated(
              host.counter("command_posts_repeated", "Commands sent again after a first 503.")) {}

    sdk::Metric& events;
    sdk::Metric& events_other;
    sdk::Metric& events_stale;
    sdk::Metric& events_unreadable;
    sdk::Metric& events_unaddressable;
    sdk::Metric& events_withheld;
    sdk::Metric& applications;
    sdk::Metric& applications_refused;
    sdk::Metric& application_failures;
    sdk::Metric& tokens;
    sdk::Metric& token_failures;
    sdk::Metric& posts_accepted;
    sdk::Metric& posts_rejected;
    sdk::Metric& posts_denied;
    sdk::Metric& posts_busy;
    sdk::Metric& posts_failed;
    sdk::Metric& posts_repeated;
};

}  // namespace ajour::drogue

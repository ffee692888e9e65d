// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::http {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : connections(host.gauge("connections", "Connections that are open.")),
          accepted(host.counter("connections_accepted", "Connections accepted.")),
          over_limit(host.counter("connections_over_limit",
                                  "Connections closed because there were too many.")),
          over_share(host.counter("connections_over_share",
                                  "Connections closed because their address had its share.")),
          accept_failures(
              host.counter("accept_failures", "Connections that could not be accepted.")),
          requests(host.counter("requests", "Requests received.")),
          answers(host.counter("answers", "Requests answered with a command.")),
          refusals(host.counter("refusals", "Requests for which the host gave no command.")),
          malformed(host.counter("requests_malformed", "Requests that could not be read.")),
          headers_too_large(
              host.counter("headers_too_large", "Requests with a head over the limit.")),
          bodies_too_large(
              host.counter("bodies_too_large", "Requests with a body over the limit.")),
          handshake_failures(host.counter("handshake_failures", "TLS handshakes that failed.")),
          handshake_timeouts(
              host.counter("handshake_timeouts", "TLS handshakes that took too long.")),
          request_timeouts(
              host.counter("request_timeouts", "Requests that took too long to come.")),
          idle_timeouts(host.counter("idle_timeouts", "Connections closed because nothing came.")),
          write_timeouts(host.counter("write_timeouts",
                                      "Connections closed because an answer was not taken.")),
          answer_timeouts(
              host.counter("answer_timeouts", "Requests that the host did not answer in time.")),
          late_answers(host.counter("late_answers", "Answers of the host that came after that.")) {}

    sdk::Metric& connections;
    sdk::Metric& accepted;
    sdk::Metric& over_limit;
    sdk::Metric& over_share;
    sdk::Metric& accept_failures;
    sdk::Metric& requests;
    sdk::Metric& answers;
    sdk::Metric& refusals;
    sdk::Metric& malformed;
    sdk::Metric& headers_too_large;
    sdk::Metric& bodies_too_large;
    sdk::Metric& handshake_failures;
    sdk::Metric& handshake_timeouts;
    sdk::Metric& request_timeouts;
    sdk::Metric& idle_timeouts;
    sdk::Metric& write_timeouts;
    sdk::Metric& answer_timeouts;
    sdk::Metric& late_answers;
};

}  // namespace ajour::http

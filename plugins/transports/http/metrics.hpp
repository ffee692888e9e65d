// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::http {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : connections(host.gauge("connections")),
          accepted(host.counter("connections_accepted")),
          over_limit(host.counter("connections_over_limit")),
          over_share(host.counter("connections_over_share")),
          accept_failures(host.counter("accept_failures")),
          requests(host.counter("requests")),
          answers(host.counter("answers")),
          refusals(host.counter("refusals")),
          malformed(host.counter("requests_malformed")),
          headers_too_large(host.counter("headers_too_large")),
          bodies_too_large(host.counter("bodies_too_large")),
          handshake_failures(host.counter("handshake_failures")),
          handshake_timeouts(host.counter("handshake_timeouts")),
          request_timeouts(host.counter("request_timeouts")),
          idle_timeouts(host.counter("idle_timeouts")),
          write_timeouts(host.counter("write_timeouts")),
          answer_timeouts(host.counter("answer_timeouts")),
          late_answers(host.counter("late_answers")) {}

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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::hawkbit {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : controllers(host.gauge("controllers", "Controllers that are polled.")),
          controllers_refused(host.counter(
              "controllers_refused", "Controllers turned away: too many, or another device's.")),
          polls(host.counter("polls", "Polls of controllers.")),
          polls_failed(host.counter("polls_failed", "Polls that failed.")),
          polls_running(host.gauge("polls_running", "Polls that are under way.")),
          poll_delay(host.gauge("poll_delay_seconds",
                                "By how much the poll that waits for longest is late.")),
          deployments(host.counter("deployments", "Deployments read.")),
          downloads(host.counter("downloads", "Downloads begun.")),
          downloads_wrong(host.counter("downloads_wrong", "Downloads that did not verify.")),
          letters(host.gauge("letters", "Feedback that waits to be sent.")),
          letters_sent(host.counter("letters_sent", "Feedback sent.")),
          letters_dropped(host.counter(
              "letters_dropped", "Progress not sent, for want of room or of hawkBit's quota.")),
          letters_refused(
              host.counter("letters_refused", "Feedback that hawkBit would not take at all.")),
          throttled(host.counter("throttled", "Answers that said 429.")),
          token_refused(host.counter("token_refused", "Answers that said 401 or 403.")) {}

    sdk::Metric& controllers;
    sdk::Metric& controllers_refused;
    sdk::Metric& polls;
    sdk::Metric& polls_failed;
    sdk::Metric& polls_running;
    sdk::Metric& poll_delay;
    sdk::Metric& deployments;
    sdk::Metric& downloads;
    sdk::Metric& downloads_wrong;
    sdk::Metric& letters;
    sdk::Metric& letters_sent;
    sdk::Metric& letters_dropped;
    sdk::Metric& letters_refused;
    sdk::Metric& throttled;
    sdk::Metric& token_refused;
};

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::hawkbit {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : controllers(host.gauge("controllers")),
          controllers_refused(host.counter("controllers_refused")),
          polls(host.counter("polls")),
          polls_failed(host.counter("polls_failed")),
          polls_running(host.gauge("polls_running")),
          poll_delay(host.gauge("poll_delay_seconds")),
          deployments(host.counter("deployments")),
          downloads(host.counter("downloads")),
          downloads_wrong(host.counter("downloads_wrong")),
          letters(host.gauge("letters")),
          letters_sent(host.counter("letters_sent")),
          letters_dropped(host.counter("letters_dropped")),
          letters_refused(host.counter("letters_refused")),
          throttled(host.counter("throttled")),
          token_refused(host.counter("token_refused")) {}

    sdk::Metric& controllers;
    sdk::Metric& controllers_refused;  ///< too many, or another device's
    sdk::Metric& polls;
    sdk::Metric& polls_failed;
    sdk::Metric& polls_running;
    sdk::Metric& poll_delay;       ///< by how much the poll that waits for longest is late
    sdk::Metric& deployments;      ///< read
    sdk::Metric& downloads;        ///< begun
    sdk::Metric& downloads_wrong;  ///< that did not verify
    sdk::Metric& letters;          ///< that wait
    sdk::Metric& letters_sent;
    sdk::Metric& letters_dropped;  ///< progress, for want of room or of hawkBit's quota
    sdk::Metric& letters_refused;  ///< that hawkBit would not take at all
    sdk::Metric& throttled;        ///< answers that said 429
    sdk::Metric& token_refused;    ///< answers that said 401 or 403
};

}  // namespace ajour::hawkbit

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::drogue_registry {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : calls(host.counter("calls", "Requests to the cloud's registry.")),
          calls_failed(host.counter("calls_failed", "Requests that got no answer, or 429 or 5xx.")),
          refused(host.counter("refused", "Answers that refused Ajour's credential.")),
          remembered(host.counter("remembered", "Look-ups that cost no request.")),
          records(host.gauge("records", "Devices and applications in memory.")),
          record_bytes(host.gauge("record_bytes", "Bytes that they take.")),
          changes(host.counter("changes", "Changes that the host was told of.")),
          applications(
              host.gauge("applications", "Applications that are looked through for changes.")),
          events(host.counter("events", "Requests with events of changes.")),
          events_refused(host.counter("events_refused",
                                      "Requests without the secret, or that are no events.")),
          events_dropped(host.counter("events_dropped",
                                      "Objects named by events, passed over for want of room.")),
          events_waiting(host.gauge("events_waiting",
                                    "Objects named by events that are still to be asked for.")),
          statuses_waiting(host.gauge("statuses_waiting", "Statuses that are to be written.")),
          statuses_written(host.counter("statuses_written", "Statuses written.")),
          statuses_passed_over(host.counter(
              "statuses_passed_over", "Statuses with too little progress since the last one.")),
          statuses_turned_away(host.counter(
              "statuses_turned_away", "Statuses not taken for want of room; the host keeps them.")),
          statuses_rejected(
              host.counter("statuses_rejected", "Statuses that the cloud would not take at all.")),
          conflicts(host.counter("conflicts",
                                 "Writes that somebody else had come before, done again.")) {}

    sdk::Metric& calls;
    sdk::Metric& calls_failed;
    sdk::Metric& refused;
    sdk::Metric& remembered;
    sdk::Metric& records;
    sdk::Metric& record_bytes;
    sdk::Metric& changes;
    sdk::Metric& applications;
    sdk::Metric& events;
    sdk::Metric& events_refused;
    sdk::Metric& events_dropped;
    sdk::Metric& events_waiting;
    sdk::Metric& statuses_waiting;
    sdk::Metric& statuses_written;
    sdk::Metric& statuses_passed_over;
    sdk::Metric& statuses_turned_away;
    sdk::Metric& statuses_rejected;
    sdk::Metric& conflicts;
};

}  // namespace ajour::drogue_registry

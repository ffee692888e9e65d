// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::drogue_registry {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : calls(host.counter("calls")),
          calls_failed(host.counter("calls_failed")),
          refused(host.counter("refused")),
          remembered(host.counter("remembered")),
          records(host.gauge("records")),
          record_bytes(host.gauge("record_bytes")),
          changes(host.counter("changes")),
          applications(host.gauge("applications")),
          events(host.counter("events")),
          events_refused(host.counter("events_refused")),
          events_dropped(host.counter("events_dropped")),
          events_waiting(host.gauge("events_waiting")),
          statuses_waiting(host.gauge("statuses_waiting")),
          statuses_written(host.counter("statuses_written")),
          statuses_passed_over(host.counter("statuses_passed_over")),
          statuses_turned_away(host.counter("statuses_turned_away")),
          statuses_rejected(host.counter("statuses_rejected")),
          conflicts(host.counter("conflicts")) {}

    sdk::Metric& calls;         ///< requests to the cloud's registry
    sdk::Metric& calls_failed;  ///< without an answer, or 429 or 5xx
    sdk::Metric& refused;       ///< answers that refused our credential
    sdk::Metric& remembered;    ///< look-ups that cost no request
    sdk::Metric& records;
    sdk::Metric& record_bytes;
    sdk::Metric& changes;         ///< that the host was told of
    sdk::Metric& applications;    ///< that are looked through
    sdk::Metric& events;          ///< requests with events of changes
    sdk::Metric& events_refused;  ///< requests without the secret, or that are no events
    sdk::Metric& events_dropped;  ///< objects of theirs, for want of room
    sdk::Metric& events_waiting;  ///< objects of theirs, to be asked for
    sdk::Metric& statuses_waiting;
    sdk::Metric& statuses_written;
    sdk::Metric& statuses_passed_over;  ///< too little progress since the last one
    sdk::Metric& statuses_turned_away;  ///< for want of room; the host keeps them
    sdk::Metric& statuses_rejected;     ///< that the cloud would not take at all
    sdk::Metric& conflicts;             ///< somebody else had written in between
};

}  // namespace ajour::drogue_registry

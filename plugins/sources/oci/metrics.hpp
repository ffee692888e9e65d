// SPDX-License-Identifier: Apache-2.0
// What is counted; shown at /metrics below ajour_source_oci_.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::oci {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : requests(host.counter("requests")),
          requests_failed(host.counter("requests_failed")),
          requests_throttled(host.counter("requests_throttled")),
          bytes_fetched(host.counter("bytes_fetched")),
          hooks_taken(host.counter("hooks_taken")),
          hooks_refused(host.counter("hooks_refused")),
          signatures_refused(host.counter("signatures_refused")),
          tokens(host.gauge("tokens")),
          references(host.gauge("references")),
          choices(host.gauge("tag_choices")),
          releases(host.gauge("releases")),
          signables(host.gauge("signables")),
          offered(host.gauge("offered")),
          failures(host.gauge("failures")),
          verdicts(host.gauge("verdicts")),
          repositories_failing(host.gauge("repositories_failing")),
          stored_bytes(host.gauge("stored_bytes")) {}

    sdk::Metric& requests;            ///< to OCI registries, without those to token servers
    sdk::Metric& requests_failed;     ///< no answer, or 429, or 5xx
    sdk::Metric& requests_throttled;  ///< 429 and 503
    sdk::Metric& bytes_fetched;       ///< of blobs
    sdk::Metric& hooks_taken;
    sdk::Metric& hooks_refused;
    sdk::Metric& signatures_refused;
    sdk::Metric& tokens;
    sdk::Metric& references;
    sdk::Metric& choices;
    sdk::Metric& releases;
    sdk::Metric& signables;
    sdk::Metric& offered;
    sdk::Metric& failures;
    sdk::Metric& verdicts;
    sdk::Metric& repositories_failing;  ///< that are left alone, or were last
    sdk::Metric& stored_bytes;          ///< in the plugin's state directory
};

}  // namespace ajour::oci

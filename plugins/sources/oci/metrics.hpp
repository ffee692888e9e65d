// SPDX-License-Identifier: Apache-2.0
// What is counted; shown at /metrics below ajour_source_oci_.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::oci {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : requests(host.counter("requests",
                                "Requests to OCI registries, without those to token servers.")),
          requests_failed(
              host.counter("requests_failed", "Requests that got no answer, or 429 or 5xx.")),
          requests_throttled(
              host.counter("requests_throttled", "Requests answered with 429 or 503.")),
          bytes_fetched(host.counter("bytes_fetched", "Bytes of blobs fetched.")),
          hooks_taken(host.counter("hooks_taken", "Webhooks taken.")),
          hooks_refused(
              host.counter("hooks_refused", "Webhooks without the secret, or that are no events.")),
          signatures_refused(host.counter(
              "signatures_refused", "Releases that are not served for want of a good signature.")),
          tokens(host.gauge("tokens", "Tokens of token servers in memory.")),
          references(host.gauge("references", "References whose digest is in memory.")),
          choices(host.gauge("tag_choices", "Choices of policies in memory.")),
          releases(host.gauge("releases", "Releases in memory.")),
          signables(host.gauge("signables", "Manifests in memory that signatures are checked of.")),
          offered(host.gauge("offered", "Targets whose last offer is remembered.")),
          failures(host.gauge("failures", "Failures in memory.")),
          verdicts(host.gauge("verdicts", "Verdicts on signatures in memory.")),
          repositories_failing(host.gauge("repositories_failing",
                                          "Repositories that are left alone, or were last.")),
          stored_bytes(host.gauge("stored_bytes",
                                  "Bytes of unpacked firmware in the plugin's state directory.")) {}

    sdk::Metric& requests;
    sdk::Metric& requests_failed;
    sdk::Metric& requests_throttled;
    sdk::Metric& bytes_fetched;
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
    sdk::Metric& repositories_failing;
    sdk::Metric& stored_bytes;
};

}  // namespace ajour::oci

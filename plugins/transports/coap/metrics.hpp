// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::coap {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : datagrams(host.counter("datagrams")),
          ignored(host.counter("datagrams_ignored")),
          malformed(host.counter("datagrams_malformed")),
          send_failures(host.counter("send_failures")),
          requests(host.counter("requests")),
          duplicates(host.counter("duplicates")),
          pings(host.counter("pings")),
          answers(host.counter("answers")),
          refusals(host.counter("refusals")),
          exchanges(host.gauge("exchanges")),
          exchanges_over_limit(host.counter("exchanges_over_limit")),
          separate_answers(host.counter("separate_answers")),
          retransmissions(host.counter("retransmissions")),
          given_up(host.counter("answers_given_up")),
          answer_timeouts(host.counter("answer_timeouts")),
          late_answers(host.counter("late_answers")),
          transfers_evicted(host.counter("transfers_evicted")),
          bodies_too_large(host.counter("bodies_too_large")),
          remembered_bytes(host.gauge("duplicates_bytes")),
          forgotten(host.counter("duplicates_forgotten")),
          proofs(host.counter("echo_proofs")),
          challenges(host.counter("echo_challenges")),
          held_back(host.counter("answers_held_back")),
          handshakes(host.gauge("tls_handshakes")),
          handshake_failures(host.counter("tls_handshake_failures")),
          handshake_timeouts(host.counter("tls_handshake_timeouts")),
          handshakes_evicted(host.counter("tls_handshakes_evicted")),
          handshakes_turned_away(host.counter("tls_handshakes_turned_away")),
          handshakes_over_share(host.counter("tls_handshakes_over_share")),
          cookies(host.counter("tls_cookies")),
          keys_awaited(host.counter("tls_keys_awaited")),
          sessions(host.gauge("tls_sessions")),
          sessions_live(host.gauge("tls_sessions_live")),
          sessions_evicted(host.counter("tls_sessions_evicted")),
          sessions_refused(host.counter("tls_sessions_refused")),
          session_timeouts(host.counter("tls_session_timeouts")),
          strays(host.counter("tls_strays")) {}

    sdk::Metric& datagrams;
    sdk::Metric& ignored;
    sdk::Metric& malformed;
    sdk::Metric& send_failures;
    sdk::Metric& requests;
    sdk::Metric& duplicates;
    sdk::Metric& pings;
    sdk::Metric& answers;
    sdk::Metric& refusals;
    sdk::Metric& exchanges;
    sdk::Metric& exchanges_over_limit;
    sdk::Metric& separate_answers;
    sdk::Metric& retransmissions;
    sdk::Metric& given_up;
    sdk::Metric& answer_timeouts;
    sdk::Metric& late_answers;
    sdk::Metric& transfers_evicted;
    sdk::Metric& bodies_too_large;
    sdk::Metric& remembered_bytes;
    sdk::Metric& forgotten;
    sdk::Metric& proofs;
    sdk::Metric& challenges;
    sdk::Metric& held_back;
    sdk::Metric& handshakes;
    sdk::Metric& handshake_failures;
    sdk::Metric& handshake_timeouts;
    sdk::Metric& handshakes_evicted;
    sdk::Metric& handshakes_turned_away;
    sdk::Metric& handshakes_over_share;
    sdk::Metric& cookies;
    sdk::Metric& keys_awaited;
    sdk::Metric& sessions;
    sdk::Metric& sessions_live;
    sdk::Metric& sessions_evicted;
    sdk::Metric& sessions_refused;
    sdk::Metric& session_timeouts;
    sdk::Metric& strays;
};

}  // namespace ajour::coap

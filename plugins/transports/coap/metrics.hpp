// SPDX-License-Identifier: Apache-2.0
// The plugin's metrics, looked up once.
#pragma once

#include <ajour/sdk/host.hpp>

namespace ajour::coap {

struct Metrics {
    explicit Metrics(sdk::Host& host)
        : datagrams(host.counter("datagrams", "Datagrams received.")),
          ignored(
              host.counter("datagrams_ignored",
                           "Datagrams passed over, as too short or of no exchange that is open.")),
          malformed(host.counter("datagrams_malformed", "Datagrams that are no CoAP request.")),
          send_failures(host.counter("send_failures", "Datagrams that could not be sent.")),
          requests(host.counter("requests", "Requests, without duplicates.")),
          duplicates(host.counter("duplicates", "Requests that came again.")),
          pings(host.counter("pings", "Empty messages that ask for a sign of life.")),
          answers(host.counter("answers", "Requests answered with a command.")),
          refusals(host.counter("refusals", "Requests for which the host gave no command.")),
          exchanges(host.gauge("exchanges",
                               "Requests whose answer is awaited, or not yet acknowledged.")),
          exchanges_over_limit(
              host.counter("exchanges_over_limit",
                           "Requests turned away because too many were being answered.")),
          separate_answers(host.counter("separate_answers",
                                        "Answers sent after an acknowledgement of their own.")),
          retransmissions(host.counter("retransmissions", "Separate answers sent again.")),
          given_up(
              host.counter("answers_given_up", "Separate answers that were never acknowledged.")),
          answer_timeouts(
              host.counter("answer_timeouts", "Requests that the host did not answer in time.")),
          late_answers(host.counter("late_answers", "Answers of the host that came after that.")),
          transfers_evicted(host.counter("transfers_evicted",
                                         "Block-wise transfers forgotten for want of room.")),
          bodies_too_large(
              host.counter("bodies_too_large", "Requests with a body over the limit.")),
          remembered_bytes(
              host.gauge("duplicates_bytes", "Bytes that are kept to answer duplicates.")),
          forgotten(
              host.counter("duplicates_forgotten", "Answers forgotten early for want of room.")),
          proofs(host.counter("echo_proofs", "Addresses proven by an Echo option.")),
          challenges(host.counter(
              "echo_challenges", "Requests answered with an Echo option that is to be sent back.")),
          held_back(host.counter("answers_held_back",
                                 "Answers too long for an address that is not proven.")),
          handshakes(host.gauge("tls_handshakes", "DTLS handshakes that are under way.")),
          handshake_failures(
              host.counter("tls_handshake_failures", "DTLS handshakes that failed.")),
          handshake_timeouts(
              host.counter("tls_handshake_timeouts", "DTLS handshakes that took too long.")),
          handshakes_evicted(
              host.counter("tls_handshakes_evicted", "DTLS handshakes ended for want of room.")),
          handshakes_turned_away(host.counter("tls_handshakes_turned_away",
                                              "DTLS handshakes not begun for want of room.")),
          handshakes_over_share(
              host.counter("tls_handshakes_over_share",
                           "DTLS handshakes not begun because their address had its share.")),
          cookies(host.counter("tls_cookies",
                               "Cookies sent to addresses that begin a DTLS handshake.")),
          keys_awaited(host.counter("tls_keys_awaited",
                                    "DTLS handshakes that waited for the key of their device.")),
          sessions(host.gauge("tls_sessions", "DTLS sessions, live or at rest.")),
          sessions_live(host.gauge("tls_sessions_live", "DTLS sessions that are not at rest.")),
          sessions_evicted(
              host.counter("tls_sessions_evicted", "DTLS sessions ended for want of room.")),
          sessions_refused(
              host.counter("tls_sessions_refused",
                           "DTLS sessions ended because their key was replaced or ended.")),
          session_timeouts(
              host.counter("tls_session_timeouts", "DTLS sessions ended after a long silence.")),
          strays(host.counter("tls_strays", "Datagrams that belong to no DTLS session.")) {}

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

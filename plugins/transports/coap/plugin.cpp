// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "coap_transport.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t mebibyte = 1024 * kibibyte;
constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("address", "0.0.0.0", "IP address to listen on; :: takes IPv4 as well."),
    sdk::integer_setting("port", "5683", 0, 65535, "UDP port to listen on; 0 takes any free one."),
    sdk::boolean_setting("plain", "true", "Whether port is open; false: coaps only."),
    sdk::integer_setting("threads", "1", 1, 64, "Threads that serve datagrams."),
    sdk::choice_setting(
        "authentication", "registry", "registry|none",
        "registry: a device shows its credential; none: whoever sends is believed."),
    sdk::choice_setting("amplification", "echo", "echo|off",
                        "echo: a peer gets at most three times what it sent, until it has proven "
                        "its address by the Echo option; off: anyone gets any answer."),
    sdk::size_setting("receive.buffer", "4MiB", 64 * kibibyte, 1024 * mebibyte,
                      "Datagrams that may wait to be read, for each thread."),
    sdk::size_setting("datagram.max", "1152", 192, 8 * kibibyte, "Largest datagram that is sent."),
    sdk::size_setting("body.max", "4KiB", 64, 1024 * kibibyte,
                      "Body of one request; larger ones get 4.13."),
    sdk::integer_setting("exchanges.max", "10000", 1, 1000000,
                         "Requests that wait for the host, or answers for their peer; those beyond "
                         "get 5.03."),
    sdk::duration_setting("exchanges.lifetime", "247s", second, hour,
                          "How long a duplicate of a request is known as one."),
    sdk::size_setting("duplicates.memory", "64MiB", 64 * kibibyte, 16384 * mebibyte,
                      "Answers kept for duplicates; the oldest go first."),
    sdk::integer_setting("transfers.max", "1000", 1, 1000000,
                         "Requests, and answers, that travel block by block at once."),
    sdk::integer_setting("verified.max", "200000", 8, 100000000,
                         "Peers that are known to have proven their address."),
    sdk::duration_setting("verified.lifetime", "1h", second, 24 * hour,
                          "How long an address stays proven."),
    sdk::duration_setting("timeout.acknowledge", "1s", 10, 60 * second,
                          "Time after which a request is acknowledged without its answer."),
    sdk::duration_setting("timeout.retransmit", "2s", 100, 60 * second,
                          "Time after which such an answer is sent again; doubles each time."),
    sdk::integer_setting("retransmissions.max", "4", 0, 8, "How often it is sent again."),
    sdk::duration_setting(
        "timeout.answer", "10s", 100, hour,
        "Longest time for the host to answer a status when the device gives no ct."),
    sdk::duration_setting("timeout.answer_max", "60s", 100, hour, "The same, whatever ct says."),
    sdk::duration_setting("timeout.stop", "1s", 0, 3900, "Time for running turns to end at stop."),
    sdk::integer_setting("tls.port", "5684", 0, 65535,
                         "UDP port for coaps (DTLS 1.2), open when tls.psk or tls.certificate is "
                         "set; 0 takes any free one."),
    sdk::boolean_setting("tls.psk", "false",
                         "Whether devices may show their pre-shared key out of the registry."),
    sdk::path_setting("tls.certificate", nullptr,
                      "PEM file with the server's certificate and its chain."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::boolean_setting("tls.client_certificates", "false",
                         "Whether devices may show a certificate; their application in the "
                         "registry says which authorities count."),
    sdk::integer_setting("tls.sessions.max", "100000", 1, 10000000,
                         "Sessions at once; the least recently used goes."),
    sdk::integer_setting("tls.sessions.live", "1000", 1, 1000000,
                         "Sessions kept ready, at 40 KiB each; others rest at some hundred bytes."),
    sdk::integer_setting("tls.handshakes.max", "500", 1, 1000000,
                         "Handshakes under way at once; one more ends the oldest, or waits "
                         "while that is younger than 2 s."),
    sdk::integer_setting("tls.handshakes.share", "25", 1, 100,
                         "Percent of these that one address may hold once three quarters are "
                         "under way; 100: all."),
    sdk::duration_setting("tls.timeout.handshake", "30s", second, hour, "Longest handshake."),
    sdk::duration_setting("tls.timeout.idle", "24h", second, 30 * 24 * hour,
                          "Longest time that a session may be silent."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::coap::CoapTransport, "0.1.0", "Drogue Cloud's CoAP endpoint for devices", rows);

// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/plugin.hpp>

#include "http_transport.hpp"

namespace {

namespace sdk = ajour::sdk;

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;

constexpr ajour_setting_row rows[] = {
    sdk::text_setting("address", "0.0.0.0", "IP address to listen on; :: takes IPv4 as well."),
    sdk::integer_setting("port", "8080", 0, 65535, "TCP port to listen on; 0 takes any free one."),
    sdk::integer_setting("threads", "2", 1, 64, "Threads that serve connections."),
    sdk::choice_setting(
        "authentication", "registry", "registry|none",
        "registry: a device shows its credential; none: whoever connects is believed."),
    sdk::integer_setting("connections.max", "20000", 1, 1000000,
                         "Connections open at once; those beyond are closed at once."),
    sdk::integer_setting("connections.share", "25", 1, 100,
                         "Percent of these that one address may hold once three quarters are "
                         "open; 100 behind a proxy, whose address is that of all."),
    sdk::size_setting("header.max", "8KiB", 512, 64 * kibibyte,
                      "Request line and header of one request."),
    sdk::size_setting("body.max", "64KiB", 64, 1024 * kibibyte,
                      "Body of one request; larger ones get 413."),
    sdk::duration_setting("timeout.handshake", "10s", 100, hour, "Longest TLS handshake."),
    sdk::duration_setting("timeout.request", "10s", 100, hour,
                          "Longest time from the first byte of a request to its last."),
    sdk::duration_setting("timeout.idle", "75s", 100, 24 * hour,
                          "Longest time that a connection may stay open between requests."),
    sdk::duration_setting("timeout.write", "10s", 100, hour,
                          "Longest time for the peer to take an answer."),
    sdk::duration_setting(
        "timeout.answer", "10s", 100, hour,
        "Longest time for the host to answer a status when the device gives no ct."),
    sdk::duration_setting("timeout.answer_max", "60s", 100, hour, "The same, whatever ct says."),
    sdk::duration_setting("timeout.stop", "1s", 0, 3900, "Time for running turns to end at stop."),
    sdk::path_setting("tls.certificate", nullptr,
                      "PEM file with the certificate and its chain; empty: plain HTTP."),
    sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key."),
    sdk::boolean_setting("tls.client_certificates", "false",
                         "Whether devices may show a certificate; their application in the "
                         "registry says which authorities count."),
    sdk::end_of_settings};

}  // namespace

AJOUR_PLUGIN(ajour::http::HttpTransport, "0.1.0", "Drogue Cloud's HTTP endpoint for devices", rows);

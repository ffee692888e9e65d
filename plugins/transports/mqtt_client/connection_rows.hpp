// SPDX-License-Identifier: Apache-2.0
// Rows that every transport has in its table which speaks through a broker; what it calls that
// broker is its own. They are macros as texts of a table are literals that live as long as the
// program. What reads them is read_options.
#pragma once

#include <ajour/sdk/settings.hpp>

#include <cstdint>

namespace ajour::mqtt_client {

inline constexpr std::int64_t a_kibibyte = 1024;
inline constexpr std::int64_t a_second = 1000;
inline constexpr std::int64_t an_hour = 60 * 60 * a_second;

}  // namespace ajour::mqtt_client

// clang-format off
/// `certificates` as in "the broker's certificate".
#define AJOUR_MQTT_TLS_ROWS(certificates) \
    ajour::sdk::path_setting("tls.ca", nullptr, \
        "PEM file with the authorities of " certificates "; nothing: those that the system " \
        "trusts."), \
    ajour::sdk::path_setting("tls.certificate", nullptr, \
        "PEM file with our certificate and its chain."), \
    ajour::sdk::path_setting("tls.key", nullptr, "PEM file with the certificate's private key.")

/// `peer` as in "the broker".
#define AJOUR_MQTT_TIME_ROWS(peer) \
    ajour::sdk::duration_setting("keep_alive", "30s", \
        5 * ajour::mqtt_client::a_second, 18 * ajour::mqtt_client::an_hour, \
        "Longest silence after which " peer " is asked whether it is there."), \
    ajour::sdk::duration_setting("timeout.connect", "10s", 100, ajour::mqtt_client::an_hour, \
        "Longest time to connect, log in and subscribe."), \
    ajour::sdk::duration_setting("timeout.stop", "1s", 0, 3900, \
        "Time for queued commands to be sent at stop."), \
    ajour::sdk::duration_setting("reconnect.min", "1s", 10, ajour::mqtt_client::an_hour, \
        "Delay before the first reconnect; it doubles from try to try."), \
    ajour::sdk::duration_setting("reconnect.max", "1m", 10, 24 * ajour::mqtt_client::an_hour, \
        "Longest delay before any.")

/// `largest_text` says of what packet.max is the largest, `messages` what the broker sends, and
/// `turn` what commands wait for in the queue.
#define AJOUR_MQTT_BOUND_ROWS(peer, packet, largest_text, messages, turn) \
    ajour::sdk::size_setting("packet.max", packet, \
        ajour::mqtt_client::a_kibibyte, 1024 * ajour::mqtt_client::a_kibibyte, largest_text), \
    ajour::sdk::integer_setting("receive.max", "1000", 1, 65535, \
        messages " that " peer " may send ahead (MQTT 5)."), \
    ajour::sdk::integer_setting("inflight.max", "128", 1, 10000, \
        "Commands on their way to " peer " and not yet acknowledged."), \
    ajour::sdk::integer_setting("queue.max", "10000", 1, 1000000, \
        "Commands that wait for " turn "; more are dropped, and devices ask again."), \
    ajour::sdk::size_setting("queue.max_bytes", "16MiB", 64 * ajour::mqtt_client::a_kibibyte, \
        1024 * 1024 * ajour::mqtt_client::a_kibibyte, "The same in bytes.")
// clang-format on

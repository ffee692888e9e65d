// SPDX-License-Identifier: Apache-2.0
// What an operator may set for the connection, as plain values. Must not know where they come from.
#pragma once

#include "broker_address.hpp"
#include "outbox.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace ajour::mqtt_client {

/// PEM files; each may be empty.
struct TlsFiles {
    std::string ca;  ///< empty: the authorities that the system trusts
    std::string certificate;
    std::string key;
};

struct Options {
    BrokerAddress broker;
    bool speaks_version_5 = true;
    std::string client_id;
    std::string user;      ///< empty: none
    std::string password;  ///< empty: none
    TlsFiles tls;
    int qos = 1;                               ///< of what is subscribed to and published
    std::chrono::seconds keep_alive{0};        ///< between two signs of life
    std::chrono::milliseconds connect{0};      ///< from a try to connect to the last SUBACK
    std::chrono::milliseconds stop{0};         ///< for what is queued at stop
    std::chrono::milliseconds least_delay{0};  ///< before the first reconnect
    std::chrono::milliseconds most_delay{0};   ///< before any reconnect
    std::size_t packet_bytes = 0;              ///< of one MQTT packet, in and out
    int receive = 0;                           ///< statuses that the broker sends ahead (MQTT 5)
    std::size_t inflight = 0;                  ///< commands that the broker has not acknowledged
    Outbox::Bounds queue;                      ///< commands that wait for those in flight
};

}  // namespace ajour::mqtt_client

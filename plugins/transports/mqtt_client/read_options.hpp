// SPDX-License-Identifier: Apache-2.0
// From the settings that each transport has which speaks through a broker, to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "options.hpp"

#include <string_view>

namespace ajour::mqtt_client {

/// Reads server, version, client_id, user, password, tls.ca, tls.certificate, tls.key, qos,
/// keep_alive, timeout.connect, timeout.stop, reconnect.min, reconnect.max, packet.max,
/// receive.max, inflight.max, queue.max and queue.max_bytes. Without `server` the broker's host is
/// empty. The password may have another key. Throws when settings contradict each other.
Options read_options(const sdk::Settings& settings, std::string_view password_key = "password");

}  // namespace ajour::mqtt_client

// SPDX-License-Identifier: Apache-2.0
// CloudEvents in binary mode: attributes are user properties of MQTT 5, the payload is the data.
// Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "packets.hpp"
#include "structured_event.hpp"

namespace ajour::drogue {

/// Whether a message is one: it has a specversion among its user properties.
bool is_binary_event(const mqtt_client::Incoming& message) noexcept;

/// Fills `event`, as read_structured does.
sdk::Result<Reading> read_binary(const mqtt_client::Incoming& message, const Routes& routes,
                                 CloudEvent& event);

}  // namespace ajour::drogue

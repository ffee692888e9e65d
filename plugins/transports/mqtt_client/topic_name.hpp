// SPDX-License-Identifier: Apache-2.0
// What may name an application or a device in a topic. Pure.
#pragma once

#include <string_view>

namespace ajour::mqtt_client {

/// Whether a text can be a name that fills one level of a topic: 1 to 255 bytes of UTF-8 without
/// control characters and without the `/`, `+` and `#` of MQTT.
bool is_name(std::string_view text) noexcept;

/// Whether a text can be published to: 1 to 1024 bytes of UTF-8 without wildcards and control
/// characters, and not one of the broker's own topics, which begin with `$`.
bool is_topic(std::string_view text) noexcept;

}  // namespace ajour::mqtt_client

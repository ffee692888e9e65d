// SPDX-License-Identifier: Apache-2.0
// From the plugin's settings to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "read_options.hpp"
#include "topics.hpp"

namespace ajour::mqtt {

using mqtt_client::read_options;

/// Throws the sentence that says which template is wrong.
Topics read_topics(const sdk::Settings& settings);

}  // namespace ajour::mqtt

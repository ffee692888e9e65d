// SPDX-License-Identifier: Apache-2.0
// From the plugin's settings to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "options.hpp"
#include "topics.hpp"

namespace ajour::mqtt {

/// Without `server` the broker's host is empty. Throws when settings contradict each other.
Options read_options(const sdk::Settings& settings);

/// Throws the sentence that says which template is wrong.
Topics read_topics(const sdk::Settings& settings);

}  // namespace ajour::mqtt

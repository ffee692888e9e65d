// SPDX-License-Identifier: Apache-2.0
// From the settings of the region and its receive windows to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "answer_window.hpp"

namespace ajour::lorawan {

/// Throws when settings contradict each other, or the region.
lora::Radio read_radio(const sdk::Settings& settings);

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
// From the settings of the region and its receive windows to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "answer_window.hpp"

#include <string>

namespace ajour::lora {

/// Reads what AJOUR_LORA_REGION_ROWS declares, of keys that begin with `prefix` as those rows' do,
/// and `payload.max`. Throws when settings contradict each other, or the region.
Radio read_radio(const sdk::Settings& settings, const std::string& prefix);

}  // namespace ajour::lora

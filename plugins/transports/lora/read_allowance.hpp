// SPDX-License-Identifier: Apache-2.0
// From the settings of air time to plain values.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "air_budget.hpp"
#include "region.hpp"

#include <string>

namespace ajour::lora {

/// Reads what AJOUR_LORA_AIRTIME_ROWS declares, of keys that begin with `prefix` as those rows' do.
Allowance read_allowance(const sdk::Settings& settings, const std::string& prefix, Region region);

}  // namespace ajour::lora

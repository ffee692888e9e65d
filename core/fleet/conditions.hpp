// SPDX-License-Identifier: Apache-2.0
// A device's last turn as its status in the registry shows it, in Drogue's words. Pure.
#pragma once

#include <ajour/sdk/registry.hpp>

#include "firmware/supply.hpp"
#include "fleet/device.hpp"

#include <chrono>
#include <string>

namespace ajour::fleet {

using Moment = std::chrono::system_clock::time_point;

/// `standing` and `problem` as they are now; `standing` may be null.
sdk::Report make_report(const sdk::DeviceId& device, const Reported& reported,
                        const firmware::Standing* standing, const std::string& problem, Moment at);

}  // namespace ajour::fleet

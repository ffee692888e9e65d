// SPDX-License-Identifier: Apache-2.0
// A device's last turn as its status in the registry shows it, in Drogue's words. Pure.
#pragma once

#include <ajour/sdk/registry.hpp>

#include "firmware/supply.hpp"
#include "fleet/device.hpp"
#include "fleet/forecast.hpp"
#include "fleet/time_text.hpp"

#include <string>

namespace ajour::fleet {

/// What a report is made of beside the device's last turn, as it is now.
struct Circumstances {
    const firmware::Standing* standing = nullptr;  ///< may be null
    const std::string& problem;
    const Forecast& forecast;
};

sdk::Report make_report(const sdk::DeviceId& device, const Reported& reported,
                        const Circumstances& now, Moment at);

}  // namespace ajour::fleet

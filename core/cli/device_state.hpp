// SPDX-License-Identifier: Apache-2.0
// A device's `status.firmware` as one line for people.
#pragma once

#include "json/json.hpp"

#include <string>

namespace ajour::cli {

struct DeviceState {
    std::string current, target;
    std::string state;     ///< "in sync", "updating", "waits for air time", "never seen", or the
                           ///< reason why none of these
    std::string progress;  ///< "50.00 %", or empty
    std::string left;      ///< "64 blocks", or empty
    std::string end;       ///< when it has them all, or empty
    std::string note;      ///< what else there is to say
};

/// `update` is what the server knows of the device's update beyond that, or null.
DeviceState state_of(const Json& device, const Json* update = nullptr);

}  // namespace ajour::cli

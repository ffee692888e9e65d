// SPDX-License-Identifier: Apache-2.0
// A device's `status.firmware` as one line for people.
#pragma once

#include "json/json.hpp"

#include <string>

namespace ajour::cli {

struct DeviceState {
    std::string current, target;
    std::string state;     ///< "in sync", "updating", "never seen", or the reason why neither
    std::string progress;  ///< "50.00 %", or empty
    std::string note;      ///< what else its conditions say
};

DeviceState state_of(const Json& device);

}  // namespace ajour::cli

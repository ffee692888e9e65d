// SPDX-License-Identifier: Apache-2.0
// What of a controller survives a restart, as text. Pure.
#pragma once

#include "controller.hpp"

#include <string>
#include <string_view>

namespace ajour::hawkbit {

/// Under the controller's lock.
std::string record_of(const Controller& controller);

/// Leaves a controller as new when the text is none that `record_of` made.
void restore(Controller& controller, std::string_view record);

}  // namespace ajour::hawkbit

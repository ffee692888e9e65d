// SPDX-License-Identifier: Apache-2.0
// An action as the text that survives a restart. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "action.hpp"
#include "json.hpp"

namespace ajour::hawkbit {

Json record_of(const Action& action);

/// Malformed: nothing that `record_of` made.
sdk::Result<Action> read_record(const Json& record);

}  // namespace ajour::hawkbit

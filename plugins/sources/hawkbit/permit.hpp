// SPDX-License-Identifier: Apache-2.0
// How far a device may go with a deployment. Pure.
#pragma once

#include <ajour/sdk/release.hpp>

#include "deployment.hpp"

namespace ajour::hawkbit {

/// Nothing while a window is closed or the download is to be skipped; blocks but no swap when only
/// the update is. `attempt` leaves the moment to the device, and it asks when it can: the same as
/// `forced`.
constexpr sdk::Permit permit_of(Handling download, Handling update, Window window) noexcept {
    if (window == Window::Closed || download == Handling::Skip) return sdk::Permit::Nothing;
    return update == Handling::Skip ? sdk::Permit::Write : sdk::Permit::Swap;
}

}  // namespace ajour::hawkbit

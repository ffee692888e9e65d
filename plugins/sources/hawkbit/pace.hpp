// SPDX-License-Identifier: Apache-2.0
// When hawkBit is asked after a controller again.
#pragma once

#include "controller.hpp"
#include "options.hpp"

#include <chrono>

namespace ajour::hawkbit {

/// hawkBit's interval within our bounds, shorter while the device is being updated, cut at random;
/// after failures a growing one. Under the controller's lock.
Instant next_visit(const Controller& controller, const Options& options, Instant now);

/// `interval` cut by up to `percent`; `chance` is from 0 to 1. Pure.
std::chrono::milliseconds spread(std::chrono::milliseconds interval, int percent, double chance);

/// From 0 to 1.
double chance();

/// Whether the device is known to be taking blocks now. Under the controller's lock.
bool is_active(const Controller& controller, Instant now);

}  // namespace ajour::hawkbit

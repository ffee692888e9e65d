// SPDX-License-Identifier: Apache-2.0
// What the host is told of a controller, out of what is remembered of it.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include "controller.hpp"
#include "images.hpp"
#include "options.hpp"

#include <string>

namespace ajour::hawkbit {

/// Under the controller's lock. Remembers in it what the host was permitted. `tenant_problem` is
/// why nothing can be asked now, or empty.
sdk::Result<sdk::Resolution> answer_for(Controller& controller, const Options& options,
                                        Images& images, const std::string& tenant_problem,
                                        Instant now);

/// Whether hawkBit must be asked again before a device may go on with what has a window.
bool is_stale(const Controller& controller, const Options& options, Instant now);

/// An offer's origin: connection, controller and action.
std::string origin_of(const Controller& controller, const Action& action);

}  // namespace ajour::hawkbit

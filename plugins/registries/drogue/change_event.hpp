// SPDX-License-Identifier: Apache-2.0
// The change events of a Drogue Cloud's registry, as CloudEvents by HTTP: which objects are others
// now. Pure.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include <vector>

namespace ajour::drogue_registry {

/// What a request says to have changed; an application is the device without a name. Nothing of it
/// is an event of another type, or of a status, which is what we write. One event (in binary or
/// structured mode) or a batch of them. Malformed: it is none.
sdk::Result<std::vector<sdk::DeviceId>> read_change_events(const sdk::HookRequest& request);

}  // namespace ajour::drogue_registry

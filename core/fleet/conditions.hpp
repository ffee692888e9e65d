// SPDX-License-Identifier: Apache-2.0
// A device's last turn as its status in the registry shows it, in Drogue's words. Pure.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/source.hpp>

#include "firmware/supply.hpp"
#include "fleet/device.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace ajour::fleet {

using Moment = std::chrono::system_clock::time_point;

/// `standing` and `problem` as they are now; `standing` may be null.
sdk::Report make_report(const sdk::DeviceId& device, const Reported& reported,
                        const firmware::Standing* standing, const std::string& problem, Moment at);

/// A number that changes when the source should be told again: at the first block, at each tenth,
/// at the swap, when in sync, when reverted or failed. 0: nothing to tell.
std::uint8_t observation_of(const Reported& reported) noexcept;

/// What the source is told; absent for 0.
std::optional<sdk::Observation::Event> event_of(const Reported& reported) noexcept;

}  // namespace ajour::fleet

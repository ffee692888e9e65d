// SPDX-License-Identifier: Apache-2.0
// What a source that observes has yet to hear of a device, and what it was told. Pure.
#pragma once

#include <ajour/sdk/source.hpp>

#include "firmware/supply.hpp"
#include "fleet/device.hpp"

#include <optional>

namespace ajour::fleet {

/// What the device's last turn means to a source; absent: nothing.
std::optional<sdk::Observation::Event> event_of(const Reported& reported) noexcept;

struct News {
    bool step = false;     ///< event_of the device, for the offer that stands
    bool failure = false;  ///< of the offer that could not be served

    bool any() const noexcept { return step || failure; }
};

/// What is new since `told`, which takes note of it: the first block, each tenth, the swap, and how
/// it ended, once each for an offer. `standing` as it is now; a step that was made for another
/// offer than that is no news of it.
News take_news(Told& told, const Reported& reported, const firmware::Standing* standing) noexcept;

/// Makes it news again.
void put_back_news(Told& told, const Reported& reported, const News& news) noexcept;

}  // namespace ajour::fleet

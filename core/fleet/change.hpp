// SPDX-License-Identifier: Apache-2.0
// What others want to know of a device: the registry, its source, and who looks at an update.
#pragma once

#include <ajour/sdk/device.hpp>

#include "firmware/supply.hpp"
#include "fleet/device.hpp"
#include "fleet/forecast.hpp"
#include "fleet/news.hpp"
#include "update/flight.hpp"
#include "work/clock.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ajour::fleet {

/// A device that is half way through an image.
struct Update {
    std::string device;
    std::uint32_t offset = 0, size = 0;
    Forecast forecast;
};

Update update_of(const Device& device, work::Instant now);

/// What changed of a device since it was last collected.
struct Change {
    sdk::DeviceId device;
    bool report_due = false;
    Reported reported;
    std::shared_ptr<firmware::Supply> supply;
    std::string problem;
    bool flight_due = false;
    update::Flight flight;
    std::shared_ptr<const firmware::Standing> standing;  ///< of the supply; null without one
    News news;                                           ///< its source should be told
    Forecast forecast;
};

/// Nothing of the device is due after that.
Change take_change(Device& device, work::Instant now);

}  // namespace ajour::fleet

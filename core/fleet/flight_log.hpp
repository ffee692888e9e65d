// SPDX-License-Identifier: Apache-2.0
// Where flights survive a restart; implemented by the store.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>

#include "update/flight.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>

namespace ajour::fleet {

class FlightLog {
public:
    using Row = std::pair<sdk::DeviceId, std::string>;

    virtual ~FlightLog() = default;
    /// An empty text forgets the device's flight. [worker]
    virtual sdk::Result<void> save(std::span<const Row> rows) = 0;
    /// [worker]
    virtual std::optional<std::string> load(const sdk::DeviceId& device) = 0;
};

/// A flight as text for the log; empty for an empty flight.
std::string print_flight(const update::Flight& flight);

/// The empty flight when the text is not one of print_flight's.
update::Flight read_flight(std::string_view text);

}  // namespace ajour::fleet

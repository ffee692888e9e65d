// SPDX-License-Identifier: Apache-2.0
// What the fleet remembers of each device across restarts, as opaque text.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace ajour::store {

class Database;

/// Thread-safe. As durable as reports: a power loss may take the last ones.
class Flights {
public:
    static constexpr std::int64_t usual_max_rows = 1'000'000;

    /// Beyond `max_rows` devices those go that were saved longest ago, a sixteenth of them at a
    /// time.
    explicit Flights(Database& database, std::int64_t max_rows = usual_max_rows)
        : database_(database), max_rows_(max_rows) {}

    /// All of them or none, in one transaction.
    sdk::Result<void> save(std::span<const std::pair<sdk::DeviceId, std::string>> flights);
    /// Nothing when there is none; Errors are the database's.
    sdk::Result<std::optional<std::string>> load(const sdk::DeviceView& device) const;

private:
    Database& database_;
    std::int64_t max_rows_;
};

}  // namespace ajour::store

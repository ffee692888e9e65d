// SPDX-License-Identifier: Apache-2.0
// All that stands on the one database.
#pragma once

#include "app/state_directory.hpp"
#include "fleet/flight_log.hpp"
#include "settings/section.hpp"
#include "store/database.hpp"
#include "store/embedded_registry.hpp"
#include "store/flights.hpp"
#include "store/objects.hpp"
#include "store/tokens.hpp"
#include "store/withdrawn.hpp"

#include <memory>

namespace ajour::app {

/// The fleet's log of flights, in the store.
class StoredFlights final : public fleet::FlightLog {
public:
    StoredFlights(store::Database& database, std::int64_t rows_max)
        : flights_(database, rows_max) {}

    sdk::Result<void> save(std::span<const Row> rows) override { return flights_.save(rows); }
    std::optional<std::string> load(const sdk::DeviceId& device) override {
        auto loaded = flights_.load(device);
        return loaded ? *loaded : std::nullopt;
    }

private:
    store::Flights flights_;
};

struct StoreParts {
    /// Throws std::runtime_error.
    StoreParts(const StateDirectory& state, const settings::Section& host);

    std::unique_ptr<store::Database> database;
    store::Objects objects;
    store::EmbeddedRegistry registry;
    std::unique_ptr<store::Tokens> tokens;
    std::unique_ptr<store::Withdrawn> withdrawn;
    StoredFlights flights;
    bool made_first_token = false;
    bool made_broker_token = false;
};

}  // namespace ajour::app

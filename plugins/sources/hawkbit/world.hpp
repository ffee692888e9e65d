// SPDX-License-Identifier: Apache-2.0
// What the parts share.
#pragma once

#include <ajour/sdk/host.hpp>

#include "controllers.hpp"
#include "images.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "store.hpp"
#include "tenant.hpp"

#include <memory>
#include <vector>

namespace ajour::hawkbit {

struct World {
    sdk::Host& host;
    const Options options;
    Metrics metrics;
    Controllers controllers;
    Images images;
    std::vector<std::unique_ptr<Tenant>> tenants;  ///< one for each of options.connections
    std::unique_ptr<Store> store;                  ///< from the start on

    World(sdk::Host& its_host, Options read);

    Tenant& tenant_of(const Controller& controller) { return *tenants[controller.connection]; }

    /// Stores the controller's state and the rows that hawkBit gets, under the controller's lock.
    void save(const Controller& controller, const std::vector<Letter>& letters = {});
    /// The letter that carries a note to an action, or to its cancellation.
    Letter letter(const Controller& controller, const std::string& action, const Note& note,
                  const char* to = "deploymentBase") const;
};

}  // namespace ajour::hawkbit

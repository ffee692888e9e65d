// SPDX-License-Identifier: Apache-2.0
// From the host's settings to the limits of the message path.
#pragma once

#include "exchange/exchange.hpp"
#include "firmware/cache.hpp"
#include "firmware/catalog.hpp"
#include "fleet/fleet.hpp"
#include "settings/section.hpp"

namespace ajour::app {

firmware::Cache::Limits cache_limits(const settings::Section& host);
firmware::Catalog::Limits catalog_limits(const settings::Section& host);
fleet::Fleet::Limits fleet_limits(const settings::Section& host);
exchange::Exchange::Limits exchange_limits(const settings::Section& host);

/// Half of the admin server's threads, so that brokers never have it all to themselves.
std::size_t login_checks_max(const settings::Section& host);

}  // namespace ajour::app

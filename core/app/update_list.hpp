// SPDX-License-Identifier: Apache-2.0
// The updates that go on now, as the admin API shows them: newer than what the registry was told.
#pragma once

#include "fleet/fleet.hpp"
#include "fleet/time_text.hpp"
#include "json/json.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ajour::app {

/// One of them; `at` is the forecast's time. Pure.
Json update_json(const fleet::Update& update, fleet::Moment at);

/// As admin::Dependencies::updates; the fleet outlives what it gives.
std::function<std::optional<Json>()> list_updates(const fleet::Fleet& fleet,
                                                  const std::string& application);

}  // namespace ajour::app

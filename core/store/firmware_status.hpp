// SPDX-License-Identifier: Apache-2.0
// A device's `status.firmware`: its shape, how a new report meets the former one, its row.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/result.hpp>

#include "json/json.hpp"

#include <cstdint>
#include <string>

namespace ajour::store {

class Connection;

/// The section as a report makes it. A condition keeps its lastTransitionTime from `former` (which
/// may be null) unless its status changed.
Json firmware_of(const sdk::Report& report, const Json& former);

/// Whether a client's section has the shape that all readers of it rely on. Malformed says what is
/// missing.
sdk::Result<void> check_firmware(const Json& firmware);

/// Stores the section of a device; null removes it. Throws SqlFailure.
void store_firmware(Connection& connection, std::int64_t object, const Json& firmware);

/// As stored with each section, for counting.
enum class Phase : std::int64_t { Other, InSync, Updating };

}  // namespace ajour::store

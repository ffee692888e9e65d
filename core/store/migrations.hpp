// SPDX-License-Identifier: Apache-2.0
// The tables, as a list of steps that is only ever added to. Knows no meaning of what is in them.
#pragma once

#include <ajour/sdk/result.hpp>

#include <span>

namespace ajour::store {

class Connection;

/// Step n (counted from 1) leads from version n - 1 to n. A step that has been released is never
/// edited.
std::span<const char* const> migration_steps() noexcept;

/// Leads a database to the version of the last step, each step in a transaction of its own.
/// Mismatch: it is of a newer version, or not Ajour's. Throws SqlFailure.
sdk::Result<void> migrate(Connection& connection, std::span<const char* const> steps);

}  // namespace ajour::store

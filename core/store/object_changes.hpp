// SPDX-License-Identifier: Apache-2.0
// The rules of creating, replacing and removing, as parts of a transaction that somebody else
// commits. Knows no clients and tells nobody. All throw SqlFailure.
#pragma once

#include <ajour/sdk/result.hpp>

#include "store/document.hpp"
#include "store/object_rows.hpp"
#include "store/objects.hpp"

#include <string>

namespace ajour::store {

class Connection;

/// NotFound, naming what does not exist.
sdk::Error no_such(const std::string& application, const std::string& device = {});

sdk::Result<void> insert_object(Connection& sql, const Document& document);
sdk::Result<void> replace_object(Connection& sql, const Document& document,
                                 const ObjectRow& former);
sdk::Result<void> remove_object(Connection& sql, ObjectRow row, const Preconditions& preconditions);

}  // namespace ajour::store

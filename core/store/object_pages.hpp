// SPDX-License-Identifier: Apache-2.0
// Reads one page of a list. Knows not whether it is of applications or of devices.
#pragma once

#include <ajour/sdk/result.hpp>

#include "json/json.hpp"
#include "store/object_rows.hpp"
#include "store/objects.hpp"

#include <functional>
#include <vector>

namespace ajour::store {

class Connection;
class Database;

using ReadRows = std::function<std::vector<ObjectRow>(Connection&, const RowRange&)>;

/// Rows are read in pieces, so that a long search for labels holds up nobody.
sdk::Result<std::vector<Json>> read_page(const Database& database, const ListQuery& query,
                                         const ReadRows& read_rows);

}  // namespace ajour::store

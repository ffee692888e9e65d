// SPDX-License-Identifier: Apache-2.0
// An error of SQLite as what `Database::attempt` catches.
#pragma once

#include <sqlite3.h>

#include <stdexcept>

namespace ajour::sqlite_file {

inline void require(sqlite3* handle, int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle));
}

}  // namespace ajour::sqlite_file

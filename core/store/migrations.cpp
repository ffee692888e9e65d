// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include "store/connection.hpp"

#include <cstdint>
#include <string>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;

namespace {

constexpr std::int64_t ajour_application_id = 0x416a6f75;  // "Ajou"

// An application is an object without a device name. What devices report has a table of its own, so
// that it never changes an object's revision and the two kinds of writing never meet in one row.
constexpr const char* first_tables = R"sql(
    CREATE TABLE objects (
        id INTEGER PRIMARY KEY,
        application TEXT NOT NULL,
        device TEXT NOT NULL,
        uid TEXT NOT NULL,
        created TEXT NOT NULL,
        generation INTEGER NOT NULL,
        resource_version TEXT NOT NULL,
        deleted TEXT NOT NULL,
        labels TEXT NOT NULL,
        annotations TEXT NOT NULL,
        finalizers TEXT NOT NULL,
        spec TEXT NOT NULL,
        status TEXT NOT NULL,
        UNIQUE (application, device));
    CREATE UNIQUE INDEX applications ON objects (application) WHERE device = '';

    CREATE TABLE aliases (
        application TEXT NOT NULL,
        alias TEXT NOT NULL,
        object INTEGER NOT NULL REFERENCES objects (id) ON DELETE CASCADE,
        PRIMARY KEY (application, alias)) WITHOUT ROWID;
    CREATE INDEX aliases_of_object ON aliases (object);

    CREATE TABLE firmware_status (
        object INTEGER PRIMARY KEY REFERENCES objects (id) ON DELETE CASCADE,
        phase INTEGER NOT NULL,
        firmware TEXT NOT NULL);
    CREATE INDEX firmware_phases ON firmware_status (phase);

    CREATE TABLE withdrawn (
        sha256 BLOB PRIMARY KEY,
        at TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        created TEXT NOT NULL,
        sha256 BLOB NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* flight_tables = R"sql(
    CREATE TABLE flights (
        id INTEGER PRIMARY KEY,
        application TEXT NOT NULL,
        device TEXT NOT NULL,
        saved INTEGER NOT NULL,
        flight TEXT NOT NULL,
        UNIQUE (application, device));
    CREATE INDEX flights_by_age ON flights (saved);
)sql";

// What a token made before there were scopes may do: everything.
constexpr const char* token_scopes = R"sql(
    ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'admin';
)sql";

constexpr const char* steps_so_far[] = {first_tables, flight_tables, token_scopes};

std::int64_t number(Connection& connection, std::string_view sql) {
    auto rows = connection.select(sql);
    return rows.next() ? rows.integer(0) : 0;
}

sdk::Result<void> check_owner(Connection& connection) {
    const auto owner = number(connection, "PRAGMA application_id");
    const auto tables = number(connection, "SELECT count(*) FROM sqlite_schema");
    if (owner == ajour_application_id || (owner == 0 && tables == 0)) return {};
    return Error{ErrorKind::Mismatch, "the file is a database of some other program"};
}

void take(Connection& connection, const char* step, std::int64_t version) {
    const auto sql = "BEGIN IMMEDIATE;" + std::string(step) +
                     ";PRAGMA application_id=" + std::to_string(ajour_application_id) +
                     ";PRAGMA user_version=" + std::to_string(version) + ";COMMIT";
    try {
        connection.execute(sql.c_str());
    } catch (const SqlFailure&) {
        connection.execute("ROLLBACK");
        throw;
    }
}

}  // namespace

std::span<const char* const> migration_steps() noexcept {
    return steps_so_far;
}

sdk::Result<void> migrate(Connection& connection, std::span<const char* const> steps) {
    if (auto owned = check_owner(connection); !owned) return owned;
    const auto found = number(connection, "PRAGMA user_version");
    const auto known = static_cast<std::int64_t>(steps.size());
    if (found < 0 || found > known) {
        return Error{ErrorKind::Mismatch, "the database is of version " + std::to_string(found) +
                                              ", this program knows up to " +
                                              std::to_string(known) + ": run a newer Ajour"};
    }
    for (auto version = found; version < known; ++version) {
        take(connection, steps[static_cast<std::size_t>(version)], version + 1);
    }
    return {};
}

}  // namespace ajour::store

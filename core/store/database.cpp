// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/migrations.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;

namespace {

/// SQLite gives its companion files the mode of the first, and that holds credentials.
sdk::Result<void> create_privately(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return Error{ErrorKind::Unavailable,
                     "opening it: " + std::generic_category().message(errno)};
    }
    ::close(descriptor);
    return {};
}

sdk::Result<void> prepare(const std::filesystem::path& file) {
    if (auto created = create_privately(file); !created) return created;
    try {
        Connection connection(file, Connection::Mode::ReadWrite);
        connection.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        return migrate(connection, migration_steps());
    } catch (const SqlFailure& failure) {
        return Error{failure.kind, failure.what()};
    }
}

}  // namespace

Database::Database(const std::filesystem::path& file)
    : writer_(file, Connection::Mode::ReadWrite), reader_(file, Connection::Mode::ReadOnly) {
    writer_.execute("PRAGMA synchronous=FULL");
}

sdk::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file) {
    if (auto prepared = prepare(file); !prepared) return prepared.error().in(file.string());
    try {
        return std::unique_ptr<Database>(new Database(file));
    } catch (const SqlFailure& failure) {
        return Error{failure.kind, failure.what()}.in(file.string());
    }
}

void Database::set_durability(Durability durability) {
    if (durability == durability_) return;
    writer_.execute(durability == Durability::Registry ? "PRAGMA synchronous=FULL"
                                                       : "PRAGMA synchronous=NORMAL");
    durability_ = durability;
}

Database::Transaction::~Transaction() {
    if (committed_) return;
    try {
        connection_.run("ROLLBACK");
    } catch (const SqlFailure&) {
        // SQLite has rolled back by itself already (disk full, for instance).
    }
}

void Database::Transaction::commit() {
    connection_.run("COMMIT");
    committed_ = true;
}

}  // namespace ajour::store

// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include "require.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace ajour::sqlite_file {
namespace {

constexpr const char* Manners = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
)";

}  // namespace

Database::Database(const std::filesystem::path& file) {
    const int code = sqlite3_open(file.c_str(), &handle_);
    if (code == SQLITE_OK) return;
    const std::string why = sqlite3_errmsg(handle_);
    sqlite3_close_v2(handle_);
    throw std::runtime_error(why);
}

Database::~Database() {
    sqlite3_close_v2(handle_);
}

sdk::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file,
                                                      const char* schema) {
    try {
        std::unique_ptr<Database> opened(new Database(file));
        opened->execute(Manners);
        opened->execute(schema);
        return opened;
    } catch (const std::exception& thrown) {
        return sdk::Error{sdk::ErrorKind::Unavailable, thrown.what()}.in("opening " +
                                                                         file.string());
    }
}

void Database::execute(const char* sql) {
    require(handle_, sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
}

std::int64_t Database::number(const char* sql) {
    auto rows = select(sql);
    return rows.next() ? rows.number(0) : 0;
}

Database::Transaction::Transaction(Database& database) : database_(database) {
    database_.run("BEGIN IMMEDIATE");
}

Database::Transaction::~Transaction() {
    if (!is_committed_) sqlite3_exec(database_.handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::Transaction::commit() {
    database_.run("COMMIT");
    is_committed_ = true;
}

}  // namespace ajour::sqlite_file

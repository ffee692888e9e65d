// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include <sqlite3.h>

#include <utility>

namespace ajour::store {

using sdk::ErrorKind;

namespace {

constexpr int busy_timeout_ms = 5000;

ErrorKind kind_of(int code) noexcept {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorKind::Timeout;
        case SQLITE_FULL:
        case SQLITE_NOMEM:
            return ErrorKind::Full;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
            return ErrorKind::Unavailable;
        default:
            return ErrorKind::Internal;
    }
}

[[noreturn]] void fail(sqlite3* handle, int code) {
    const char* text = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    throw SqlFailure(kind_of(code), std::string("database: ") + text);
}

void require(sqlite3_stmt* statement, int code) {
    if (code != SQLITE_OK) fail(sqlite3_db_handle(statement), code);
}

}  // namespace

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(sqlite3_db_handle(statement_), code);
}

std::string_view Rows::text(int column) const {
    return sdk::text_of(bytes(column));
}

sdk::ByteView Rows::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? sdk::ByteView() : sdk::ByteView(data, size);
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

void Rows::bind(int parameter, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    require(statement_, sqlite3_bind_text64(statement_, parameter, data, text.size(),
                                            SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Rows::bind(int parameter, sdk::ByteView bytes) {
    require(statement_, sqlite3_bind_blob64(statement_, parameter, bytes.data(), bytes.size(),
                                            SQLITE_TRANSIENT));
}

void Rows::bind(int parameter, std::int64_t number) {
    require(statement_, sqlite3_bind_int64(statement_, parameter, number));
}

Connection::Connection(const std::filesystem::path& file, Mode mode) {
    const int access =
        mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(file.c_str(), &handle_, access | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) fail(handle_, code);
        sqlite3_busy_timeout(handle_, busy_timeout_ms);
        // Else a statement that compares a parameter with a partial index is planned anew at each
        // use.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
        execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536");
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

Connection::~Connection() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close_v2(handle_);
}

void Connection::execute(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle_, code);
}

std::int64_t Connection::last_row_id() const {
    return sqlite3_last_insert_rowid(handle_);
}

int Connection::changes() const {
    return sqlite3_changes(handle_);
}

sqlite3_stmt* Connection::prepare(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(handle_, code);
    statements_.emplace(sql, statement);
    return statement;
}

}  // namespace ajour::store

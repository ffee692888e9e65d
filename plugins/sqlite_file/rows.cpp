// SPDX-License-Identifier: Apache-2.0
#include "rows.hpp"

#include "require.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace ajour::sqlite_file {

Rows::Rows(sqlite3* handle, const char* sql) {
    require(handle, sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr));
}

Rows::~Rows() {
    sqlite3_finalize(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement_)));
}

std::string Rows::text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string() : std::string(data, size);
}

std::int64_t Rows::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

void Rows::bind(int parameter, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();  // null would be NULL
    require(sqlite3_db_handle(statement_),
            sqlite3_bind_text64(statement_, parameter, data, text.size(), SQLITE_TRANSIENT,
                                SQLITE_UTF8));
}

void Rows::bind(int parameter, std::int64_t number) {
    require(sqlite3_db_handle(statement_), sqlite3_bind_int64(statement_, parameter, number));
}

}  // namespace ajour::sqlite_file

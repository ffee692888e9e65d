// SPDX-License-Identifier: Apache-2.0
// What a statement gives, row by row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace ajour::sqlite_file {

/// A statement that runs, and the row that it is at. Throws what `Database::attempt`
/// catches.
class Rows {
public:
    ~Rows();
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;

    /// Goes to the next row, the first one at first; false when there is none.
    bool next();
    std::string text(int column) const;
    std::int64_t number(int column) const;

private:
    friend class Database;
    Rows(sqlite3* handle, const char* sql);
    void bind(int parameter, std::string_view text);
    void bind(int parameter, std::int64_t number);

    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace ajour::sqlite_file

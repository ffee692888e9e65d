// SPDX-License-Identifier: Apache-2.0
// The door to sqlite3: one connection, its prepared statements, rows. Knows no tables. Inside
// core/store failures are thrown as SqlFailure, which Database turns into Errors.
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace ajour::store {

struct SqlFailure : std::runtime_error {
    SqlFailure(sdk::ErrorKind failure, const std::string& text)
        : std::runtime_error(text), kind(failure) {}
    sdk::ErrorKind kind;
};

/// A statement that runs. Text and bytes are valid until the next `next`. One at a time for one SQL
/// text.
class Rows {
public:
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    ~Rows();
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;

    bool next();
    std::string_view text(int column) const;
    sdk::ByteView bytes(int column) const;
    std::int64_t integer(int column) const;

    void bind(int parameter, std::string_view text);
    void bind(int parameter, sdk::ByteView bytes);
    void bind(int parameter, std::int64_t number);

private:
    sqlite3_stmt* statement_;
};

/// Not thread-safe. Texts of SQL must live as long as the connection (literals do): statements are
/// prepared once and found again by them.
class Connection {
public:
    enum class Mode : std::uint8_t { ReadOnly, ReadWrite };

    /// Opens with a busy timeout and foreign keys on; creates the file when it may write.
    Connection(const std::filesystem::path& file, Mode mode);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs SQL of any number of statements, without parameters.
    void execute(const char* sql);

    template <typename... Parameters>
    Rows select(std::string_view sql, const Parameters&... parameters) {
        Rows rows(prepare(sql));
        int position = 0;
        (rows.bind(++position, parameters), ...);
        return rows;
    }

    /// The number of rows that changed.
    template <typename... Parameters>
    int run(std::string_view sql, const Parameters&... parameters) {
        select(sql, parameters...).next();
        return changes();
    }

    std::int64_t last_row_id() const;

private:
    sqlite3_stmt* prepare(std::string_view sql);
    int changes() const;

    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string_view, sqlite3_stmt*> statements_;
};

}  // namespace ajour::store

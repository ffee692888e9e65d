// SPDX-License-Identifier: Apache-2.0
// One file of a plugin's own with a few tables in it, and the plugins' only door to SQLite. What
// was written is there after the process was killed.
#pragma once

#include <ajour/sdk/result.hpp>

#include "rows.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <type_traits>

struct sqlite3;

namespace ajour::sqlite_file {

/// Not thread-safe: the lock is its owner's, who has more to guard. Parameters are bound in the
/// order of the question marks.
class Database {
public:
    /// Makes the file if need be, and runs `schema`, which makes what is not there yet. Errors name
    /// the file.
    static sdk::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                       const char* schema);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Gives what `work()` gives; what is thrown in it becomes an Unavailable. The methods below
    /// are called in such a work.
    template <typename Work>
    auto attempt(Work&& work) -> sdk::Result<decltype(work())> {
        try {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const std::exception& thrown) {
            return sdk::Error{sdk::ErrorKind::Unavailable, thrown.what()};
        }
    }

    template <typename... Parameters>
    Rows select(const char* sql, const Parameters&... parameters) {
        Rows rows(handle_, sql);
        int position = 0;
        (rows.bind(++position, parameters), ...);
        return rows;
    }

    template <typename... Parameters>
    void run(const char* sql, const Parameters&... parameters) {
        select(sql, parameters...).next();
    }

    /// The first number of the first row; 0 without one.
    std::int64_t number(const char* sql);

    /// All that `work()` writes, or nothing when it throws. Gives what it gives.
    template <typename Work>
    auto all_or_nothing(Work&& work) -> decltype(work()) {
        Transaction transaction(*this);
        auto result = work();
        transaction.commit();
        return result;
    }

private:
    /// Leaves nothing behind unless it is committed.
    class Transaction {
    public:
        explicit Transaction(Database& database);
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        void commit();

    private:
        Database& database_;
        bool is_committed_ = false;
    };

    explicit Database(const std::filesystem::path& file);
    void execute(const char* sql);

    sqlite3* handle_ = nullptr;
};

}  // namespace ajour::sqlite_file

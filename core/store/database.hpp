// SPDX-License-Identifier: Apache-2.0
// One database file: who may write to it when, and how surely. Knows no tables.
#pragma once

#include <ajour/sdk/result.hpp>

#include "store/connection.hpp"

#include <concepts>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <type_traits>

namespace ajour::store {

/// What is left after the machine lost power. A killed process loses neither.
enum class Durability : std::uint8_t {
    Reported,  ///< synchronous=NORMAL: the last transactions may be gone, the rest is whole
    Registry,  ///< synchronous=FULL: all that was acknowledged
};

/// Thread-safe: one writer at a time, and one reader beside it that sees the last committed state.
class Database {
public:
    /// Opens or creates the file (mode 0600, in an existing directory) and leads it to our version.
    /// Errors name the file.
    static sdk::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file);

    /// Runs `work(Connection&)` in a transaction that is committed when it returns success, and
    /// otherwise leaves nothing. `work` returns a Result.
    template <typename Work>
    auto change(Durability durability, Work&& work) -> std::invoke_result_t<Work, Connection&> {
        const std::lock_guard lock(writer_mutex_);
        return attempt([&] {
            set_durability(durability);
            Transaction transaction(writer_, "BEGIN IMMEDIATE");
            auto result = work(writer_);
            if (result) transaction.commit();
            return result;
        });
    }

    /// Runs `work(Connection&)` on one unchanging state. `work` returns a Result.
    template <typename Work>
    auto read(Work&& work) const -> std::invoke_result_t<Work, Connection&> {
        const std::lock_guard lock(reader_mutex_);
        return attempt([&] {
            Transaction transaction(reader_, "BEGIN");
            auto result = work(reader_);
            transaction.commit();
            return result;
        });
    }

private:
    /// Rolls back unless it was committed.
    class Transaction {
    public:
        Transaction(Connection& connection, const char* begin) : connection_(connection) {
            connection_.run(begin);
        }
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;

        void commit();

    private:
        Connection& connection_;
        bool committed_ = false;
    };

    explicit Database(const std::filesystem::path& file);

    template <typename Call>
    static auto attempt(Call&& call) -> decltype(call()) {
        try {
            return call();
        } catch (const SqlFailure& failure) {
            return sdk::Error{failure.kind, failure.what()};
        } catch (const std::exception& thrown) {
            return sdk::Error{sdk::ErrorKind::Internal, thrown.what()};
        }
    }

    void set_durability(Durability durability);

    std::mutex writer_mutex_;  ///< guards writer_ and durability_
    Connection writer_;
    Durability durability_ = Durability::Registry;
    mutable std::mutex reader_mutex_;  ///< guards reader_
    mutable Connection reader_;
};

}  // namespace ajour::store

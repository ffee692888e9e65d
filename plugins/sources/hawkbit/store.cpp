// SPDX-License-Identifier: Apache-2.0
#include "store.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr const char* Schema = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
CREATE TABLE IF NOT EXISTS controller (
    connection TEXT NOT NULL, controller TEXT NOT NULL,
    application TEXT NOT NULL, device TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (connection, controller)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS letter (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL, controller TEXT NOT NULL, action TEXT NOT NULL,
    path TEXT NOT NULL, body TEXT NOT NULL,
    weight INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS letter_of ON letter (connection, controller, number);
CREATE INDEX IF NOT EXISTS letter_weight ON letter (weight, number);
)";

struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One statement, with its parameters bound in their order.
class Statement {
public:
    template <typename... Parameters>
    Statement(sqlite3* handle, const char* sql, const Parameters&... parameters) : handle_(handle) {
        if (sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr) != SQLITE_OK) fail();
        int position = 0;
        (bind(++position, parameters), ...);
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool next() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail();
        return false;
    }
    std::string text(int column) const {
        const auto* data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

private:
    [[noreturn]] void fail() const { throw Failure(sqlite3_errmsg(handle_)); }
    void bind(int position, const std::string& text) {
        sqlite3_bind_text64(statement_, position, text.data(), text.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8);
    }
    void bind(int position, std::int64_t number) {
        sqlite3_bind_int64(statement_, position, number);
    }

    sqlite3* handle_;
    sqlite3_stmt* statement_ = nullptr;
};

template <typename... Parameters>
void run(sqlite3* handle, const char* sql, const Parameters&... parameters) {
    Statement(handle, sql, parameters...).next();
}

std::int64_t count(sqlite3* handle, const char* sql) {
    Statement statement(handle, sql);
    return statement.next() ? statement.number(0) : 0;
}

/// Leaves nothing behind unless it is committed.
class Transaction {
public:
    explicit Transaction(sqlite3* handle) : handle_(handle) { run(handle, "BEGIN IMMEDIATE"); }
    ~Transaction() {
        if (!committed_) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        run(handle_, "COMMIT");
        committed_ = true;
    }

private:
    sqlite3* handle_;
    bool committed_ = false;
};

Letter letter_of(const Statement& row) {
    Letter letter;
    letter.number = row.number(0);
    letter.connection = row.text(1);
    letter.controller = row.text(2);
    letter.action = row.text(3);
    letter.path = row.text(4);
    letter.body = row.text(5);
    letter.weight = static_cast<Letter::Weight>(row.number(6));
    letter.tries = static_cast<int>(row.number(7));
    return letter;
}

struct Nothing {};

Result<void> without_value(const Result<Nothing>& result) {
    return result ? Result<void>() : Result<void>(result.error());
}

}  // namespace

template <typename Work>
auto Store::attempt(Work&& work) -> Result<decltype(work())> {
    const std::lock_guard lock(mutex_);
    try {
        return work();
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Unavailable, std::string("hawkBit's outbox: ") + thrown.what()};
    }
}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file,
                                           std::size_t letters_max) {
    std::unique_ptr<Store> store(new Store(letters_max));
    const int code = sqlite3_open(file.c_str(), &store->handle_);
    auto opened = store->attempt([&] {
        if (code != SQLITE_OK) throw Failure(sqlite3_errmsg(store->handle_));
        if (sqlite3_exec(store->handle_, Schema, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw Failure(sqlite3_errmsg(store->handle_));
        }
        return Nothing();
    });
    if (!opened) return opened.error().in("opening " + file.string());
    return store;
}

Store::~Store() {
    sqlite3_close_v2(handle_);
}

Result<std::vector<StoredController>> Store::controllers() {
    return attempt([&] {
        std::vector<StoredController> found;
        Statement rows(handle_,
                       "SELECT connection, controller, application, device, record FROM "
                       "controller");
        while (rows.next()) {
            found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
        }
        return found;
    });
}

void Store::put(const Letter& letter) {
    if (letter.weight == Letter::Weight::Final) {
        run(handle_,
            "DELETE FROM letter WHERE connection = ? AND controller = ? AND action = ? AND weight "
            "= 0",
            letter.connection, letter.controller, letter.action);
    }
    run(handle_,
        "INSERT INTO letter (connection, controller, action, path, body, weight) VALUES (?, ?, ?, "
        "?, ?, ?)",
        letter.connection, letter.controller, letter.action, letter.path, letter.body,
        static_cast<std::int64_t>(letter.weight));
}

std::size_t Store::drop_surplus() {
    const auto room = static_cast<std::int64_t>(letters_max_);
    const auto waiting = count(handle_, "SELECT COUNT(*) FROM letter WHERE weight < 2");
    if (waiting <= room) return 0;
    run(handle_,
        "DELETE FROM letter WHERE number IN (SELECT number FROM letter WHERE weight < 2 ORDER BY "
        "weight, number LIMIT ?)",
        waiting - room);
    return static_cast<std::size_t>(waiting - room);
}

Result<std::size_t> Store::save(const StoredController& controller,
                                const std::vector<Letter>& letters) {
    return attempt([&] {
        Transaction transaction(handle_);
        run(handle_, "INSERT OR REPLACE INTO controller VALUES (?, ?, ?, ?, ?)",
            controller.connection, controller.controller, controller.application, controller.device,
            controller.record);
        for (const auto& letter : letters) put(letter);
        const auto dropped = letters.empty() ? 0 : drop_surplus();
        transaction.commit();
        return dropped;
    });
}

Result<void> Store::forget(const std::string& connection, const std::string& controller) {
    return without_value(attempt([&] {
        run(handle_, "DELETE FROM controller WHERE connection = ? AND controller = ?", connection,
            controller);
        return Nothing();
    }));
}

Result<std::vector<Letter>> Store::due(const std::string& connection, std::int64_t now,
                                       std::size_t max) {
    return attempt([&] {
        std::vector<Letter> found;
        Statement rows(
            handle_,
            "SELECT number, connection, controller, action, path, body, weight, tries FROM letter "
            "WHERE number IN (SELECT MIN(number) FROM letter WHERE connection = ? GROUP BY "
            "controller) AND due <= ? ORDER BY number LIMIT ?",
            connection, now, static_cast<std::int64_t>(max));
        while (rows.next()) found.push_back(letter_of(rows));
        return found;
    });
}

Result<void> Store::remove(const Letter& letter) {
    return without_value(attempt([&] {
        run(handle_, "DELETE FROM letter WHERE number = ?", letter.number);
        return Nothing();
    }));
}

Result<void> Store::postpone(const Letter& letter, std::int64_t due) {
    return without_value(attempt([&] {
        run(handle_, "UPDATE letter SET tries = tries + 1, due = ? WHERE number = ?", due,
            letter.number);
        return Nothing();
    }));
}

bool Store::waits(const std::string& connection, const std::string& controller,
                  const std::string& action) {
    const auto found = attempt([&] {
        Statement rows(handle_,
                       "SELECT 1 FROM letter WHERE connection = ? AND controller = ? AND action = "
                       "? LIMIT 1",
                       connection, controller, action);
        return rows.next();
    });
    return !found || *found;
}

std::size_t Store::letters() {
    const auto found = attempt([&] { return count(handle_, "SELECT COUNT(*) FROM letter"); });
    return found ? static_cast<std::size_t>(*found) : 0;
}

}  // namespace ajour::hawkbit

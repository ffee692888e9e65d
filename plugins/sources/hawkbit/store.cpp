// SPDX-License-Identifier: Apache-2.0
#include "store.hpp"

#include <utility>

namespace ajour::hawkbit {

using sdk::Result;

namespace {

constexpr const char* Schema = R"(
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

constexpr const char* Outbox = "hawkBit's outbox";

Letter letter_of(const sqlite_file::Rows& row) {
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

}  // namespace

template <typename Work>
auto Store::attempt(Work&& work) -> Result<decltype(work())> {
    const std::lock_guard lock(mutex_);
    auto result = database_->attempt(work);
    if (!result) return result.error().in(Outbox);
    return result;
}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file,
                                           std::size_t letters_max) {
    auto database = sqlite_file::Database::open(file, Schema);
    if (!database) return database.error().in(Outbox);
    return std::unique_ptr<Store>(new Store(std::move(*database), letters_max));
}

Result<std::vector<StoredController>> Store::controllers() {
    return attempt([&] {
        std::vector<StoredController> found;
        auto rows = database_->select(
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
        database_->run(
            "DELETE FROM letter WHERE connection = ? AND controller = ? AND action = ? AND weight "
            "= 0",
            letter.connection, letter.controller, letter.action);
    }
    database_->run(
        "INSERT INTO letter (connection, controller, action, path, body, weight) VALUES (?, ?, ?, "
        "?, ?, ?)",
        letter.connection, letter.controller, letter.action, letter.path, letter.body,
        static_cast<std::int64_t>(letter.weight));
}

std::size_t Store::drop_surplus() {
    const auto room = static_cast<std::int64_t>(letters_max_);
    const auto waiting = database_->number("SELECT COUNT(*) FROM letter WHERE weight < 2");
    if (waiting <= room) return 0;
    database_->run(
        "DELETE FROM letter WHERE number IN (SELECT number FROM letter WHERE weight < 2 ORDER BY "
        "weight, number LIMIT ?)",
        waiting - room);
    return static_cast<std::size_t>(waiting - room);
}

Result<std::size_t> Store::save(const StoredController& controller,
                                const std::vector<Letter>& letters) {
    return attempt([&] {
        return database_->all_or_nothing([&] {
            database_->run("INSERT OR REPLACE INTO controller VALUES (?, ?, ?, ?, ?)",
                           controller.connection, controller.controller, controller.application,
                           controller.device, controller.record);
            for (const auto& letter : letters) put(letter);
            return letters.empty() ? 0 : drop_surplus();
        });
    });
}

Result<void> Store::forget(const std::string& connection, const std::string& controller) {
    return attempt([&] {
        database_->run("DELETE FROM controller WHERE connection = ? AND controller = ?", connection,
                       controller);
    });
}

Result<std::vector<Letter>> Store::due(const std::string& connection, std::int64_t now,
                                       std::size_t max) {
    return attempt([&] {
        std::vector<Letter> found;
        auto rows = database_->select(
            "SELECT number, connection, controller, action, path, body, weight, tries FROM letter "
            "WHERE number IN (SELECT MIN(number) FROM letter WHERE connection = ? GROUP BY "
            "controller) AND due <= ? ORDER BY number LIMIT ?",
            connection, now, static_cast<std::int64_t>(max));
        while (rows.next()) found.push_back(letter_of(rows));
        return found;
    });
}

Result<void> Store::remove(const Letter& letter) {
    return attempt([&] { database_->run("DELETE FROM letter WHERE number = ?", letter.number); });
}

Result<void> Store::postpone(const Letter& letter, std::int64_t due) {
    return attempt([&] {
        database_->run("UPDATE letter SET tries = tries + 1, due = ? WHERE number = ?", due,
                       letter.number);
    });
}

bool Store::waits(const std::string& connection, const std::string& controller,
                  const std::string& action) {
    const auto found = attempt([&] {
        auto rows = database_->select(
            "SELECT 1 FROM letter WHERE connection = ? AND controller = ? AND action = "
            "? LIMIT 1",
            connection, controller, action);
        return rows.next();
    });
    return !found || *found;
}

std::size_t Store::letters() {
    const auto found = attempt([&] { return database_->number("SELECT COUNT(*) FROM letter"); });
    return found ? static_cast<std::size_t>(*found) : 0;
}

}  // namespace ajour::hawkbit

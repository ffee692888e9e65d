// SPDX-License-Identifier: Apache-2.0
#include "offered.hpp"

#include "content/digest.hpp"

#include <sqlite3.h>

#include <limits>
#include <stdexcept>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr const char* Schema = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
CREATE TABLE IF NOT EXISTS offered (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL,
    manifest TEXT NOT NULL, image_index TEXT NOT NULL);
)";

/// One statement, with its texts bound in their order.
class Statement {
public:
    template <typename... Texts>
    Statement(sqlite3* handle, const char* sql, const Texts&... texts) : handle_(handle) {
        if (sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr) != SQLITE_OK) fail();
        int position = 0;
        (bind(++position, texts), ...);
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool next() {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
        return code == SQLITE_ROW;
    }
    std::string text(int column) const {
        const auto* data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

private:
    [[noreturn]] void fail() const { throw std::runtime_error(sqlite3_errmsg(handle_)); }
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

constexpr std::int64_t AnyRow = std::numeric_limits<std::int64_t>::max();

std::int64_t number_of(sqlite3* handle, const char* sql) {
    Statement rows(handle, sql);
    return rows.next() ? rows.number(0) : 0;
}

/// Nothing when somebody else wrote the row.
std::optional<NamedRelease> release_of(const Statement& row) {
    const auto digest = "sha256:" + row.text(1);
    auto origin = parse_origin(row.text(2));
    if (!is_digest(digest) || !origin) return std::nullopt;
    return NamedRelease{row.text(0), sha256_of(digest), std::move(*origin), row.text(3),
                        row.text(4)};
}

}  // namespace

Offered::Offered(std::filesystem::path file, std::size_t most, sdk::Metric& count)
    : file_(std::move(file)), most_(most), count_(count) {}

Offered::~Offered() {
    sqlite3_close_v2(handle_);
}

Result<void> Offered::start() {
    const std::lock_guard lock(mutex_);
    try {
        sqlite3_open(file_.c_str(), &handle_);
        if (sqlite3_exec(handle_, Schema, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
        count_.set(number_of(handle_, "SELECT COUNT(*) FROM offered"));
        last_earlier_ = number_of(handle_, "SELECT MAX(number) FROM offered");
        return {};
    } catch (const std::exception& thrown) {
        const std::string why = thrown.what();
        sqlite3_close_v2(std::exchange(handle_, nullptr));
        return Error{ErrorKind::Unavailable, "opening " + file_.string() + ": " + why};
    }
}

std::optional<NamedRelease> Offered::find(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return read(name, AnyRow);
}

std::optional<NamedRelease> Offered::find_earlier(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return read(name, last_earlier_);
}

std::optional<NamedRelease> Offered::read(const std::string& name, std::int64_t last) {
    if (handle_ == nullptr) return std::nullopt;
    try {
        Statement row(handle_,
                      "SELECT version, sha256, origin, manifest, image_index FROM offered "
                      "WHERE name = ? AND number <= ?",
                      name, last);
        return row.next() ? release_of(row) : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

Result<void> Offered::put(const std::string& name, const NamedRelease& release) {
    const std::lock_guard lock(mutex_);
    if (handle_ == nullptr) return {};
    try {
        if (read(name, AnyRow) != release) write(name, release);
        return {};
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Unavailable, "writing " + file_.string() + ": " + thrown.what()};
    }
}

void Offered::write(const std::string& name, const NamedRelease& release) {
    Statement(handle_,
              "INSERT OR REPLACE INTO offered (name, version, sha256, origin, manifest, "
              "image_index) VALUES (?, ?, ?, ?, ?, ?)",
              name, release.version, release.sha256.hex(), release.origin.text(), release.manifest,
              release.index)
        .next();
    Statement(handle_,
              "DELETE FROM offered WHERE number <= (SELECT number FROM offered ORDER BY number "
              "DESC LIMIT 1 OFFSET ?)",
              static_cast<std::int64_t>(most_))
        .next();
    count_.set(number_of(handle_, "SELECT COUNT(*) FROM offered"));
}

}  // namespace ajour::oci

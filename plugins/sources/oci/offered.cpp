// SPDX-License-Identifier: Apache-2.0
#include "offered.hpp"

#include "content/digest.hpp"

#include <limits>
#include <utility>

namespace ajour::oci {

using sdk::Result;

namespace {

constexpr const char* Schema = R"(
CREATE TABLE IF NOT EXISTS offered (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL,
    manifest TEXT NOT NULL, image_index TEXT NOT NULL);
)";

constexpr std::int64_t AnyRow = std::numeric_limits<std::int64_t>::max();

constexpr const char* Count = "SELECT COUNT(*) FROM offered";

/// Nothing when somebody else wrote the row.
std::optional<NamedRelease> release_of(const sqlite_file::Rows& row) {
    const auto digest = "sha256:" + row.text(1);
    auto origin = parse_origin(row.text(2));
    if (!is_digest(digest) || !origin) return std::nullopt;
    return NamedRelease{row.text(0), sha256_of(digest), std::move(*origin), row.text(3),
                        row.text(4)};
}

}  // namespace

Offered::Offered(std::filesystem::path file, std::size_t most, sdk::Metric& count)
    : file_(std::move(file)), most_(most), count_(count) {}

Result<void> Offered::start() {
    const std::lock_guard lock(mutex_);
    auto opened = sqlite_file::Database::open(file_, Schema);
    if (!opened) return opened.error();
    auto& database = **opened;
    auto looked = database.attempt([&] {
        count_.set(database.number(Count));
        last_earlier_ = database.number("SELECT MAX(number) FROM offered");
    });
    if (!looked) return looked.error().in("opening " + file_.string());
    database_ = std::move(*opened);
    return {};
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
    if (database_ == nullptr) return std::nullopt;
    const auto found = database_->attempt([&] {
        auto row = database_->select(
            "SELECT version, sha256, origin, manifest, image_index FROM offered "
            "WHERE name = ? AND number <= ?",
            name, last);
        return row.next() ? release_of(row) : std::nullopt;
    });
    return found ? *found : std::nullopt;
}

Result<void> Offered::put(const std::string& name, const NamedRelease& release) {
    const std::lock_guard lock(mutex_);
    if (database_ == nullptr || read(name, AnyRow) == release) return {};
    auto written = database_->attempt([&] { write(name, release); });
    if (!written) return written.error().in("writing " + file_.string());
    return {};
}

void Offered::write(const std::string& name, const NamedRelease& release) {
    database_->run(
        "INSERT OR REPLACE INTO offered (name, version, sha256, origin, manifest, "
        "image_index) VALUES (?, ?, ?, ?, ?, ?)",
        name, release.version, release.sha256.hex(), release.origin.text(), release.manifest,
        release.index);
    database_->run(
        "DELETE FROM offered WHERE number <= (SELECT number FROM offered ORDER BY number "
        "DESC LIMIT 1 OFFSET ?)",
        static_cast<std::int64_t>(most_));
    count_.set(database_->number(Count));
}

}  // namespace ajour::oci

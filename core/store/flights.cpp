// SPDX-License-Identifier: Apache-2.0
#include "store/flights.hpp"

#include "store/database.hpp"

#include <algorithm>

namespace ajour::store {

using sdk::Result;

namespace {

std::int64_t number(Connection& sql, std::string_view query) {
    auto rows = sql.select(query);
    return rows.next() ? rows.integer(0) : 0;
}

void store(Connection& sql, const sdk::DeviceId& device, std::string_view flight,
           std::int64_t saved) {
    sql.run(
        "INSERT INTO flights (application, device, saved, flight) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (application, device) DO UPDATE SET saved = excluded.saved, "
        "flight = excluded.flight",
        device.application, device.device, saved, flight);
}

void drop_oldest(Connection& sql, std::int64_t count) {
    sql.run("DELETE FROM flights WHERE id IN (SELECT id FROM flights ORDER BY saved LIMIT ?)",
            count);
}

}  // namespace

Result<void> Flights::save(std::span<const std::pair<sdk::DeviceId, std::string>> flights) {
    return database_.change(Durability::Reported, [&](Connection& sql) {
        auto saved = number(sql, "SELECT coalesce(max(saved), 0) FROM flights");
        const auto former_id = number(sql, "SELECT coalesce(max(id), 0) FROM flights");
        for (const auto& [device, flight] : flights) store(sql, device, flight, ++saved);
        // Row ids only grow when rows are added, so the costly count is made only then.
        const auto last_id = number(sql, "SELECT coalesce(max(id), 0) FROM flights");
        if (last_id == former_id || last_id <= max_rows_) return Result<void>();
        const auto rows = number(sql, "SELECT count(*) FROM flights");
        if (rows > max_rows_) drop_oldest(sql, rows - max_rows_ + max_rows_ / 16);
        return Result<void>();
    });
}

Result<std::optional<std::string>> Flights::load(const sdk::DeviceView& device) const {
    using Found = Result<std::optional<std::string>>;
    return database_.read([&](Connection& sql) -> Found {
        auto rows = sql.select("SELECT flight FROM flights WHERE application = ? AND device = ?",
                               device.application, device.device);
        if (!rows.next()) return std::optional<std::string>();
        return std::optional<std::string>(rows.text(0));
    });
}

}  // namespace ajour::store

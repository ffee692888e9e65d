// SPDX-License-Identifier: Apache-2.0
#include "store/object_pages.hpp"

#include "store/database.hpp"
#include "store/labels.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace ajour::store {

using sdk::Result;

namespace {

constexpr std::size_t piece = 500;

/// Gathers those that match, until the page is full.
class Page {
public:
    Page(const ListQuery& query, LabelSelector selector)
        : limit_(std::min(query.limit, ListQuery::max_page)),
          offset_(query.offset),
          selector_(std::move(selector)),
          after_(query.after) {}

    bool is_full() const noexcept { return objects_.size() >= limit_; }

    /// The database counts when all rows match, else we do.
    RowRange next_range() const {
        if (!selector_.empty()) return {after_, static_cast<std::int64_t>(piece), 0};
        constexpr std::uint64_t furthest = INT64_MAX;
        return {after_, static_cast<std::int64_t>(limit_),
                static_cast<std::int64_t>(std::min(offset_, furthest))};
    }

    /// Whether there may be more to read.
    bool take(const std::vector<ObjectRow>& rows) {
        for (const auto& row : rows) {
            if (is_full()) return false;
            if (matches(row)) objects_.push_back(object_of(row));
        }
        if (selector_.empty() || rows.size() < piece || is_full()) return false;
        after_ = rows.back().device.empty() ? rows.back().application : rows.back().device;
        return true;
    }

    std::vector<Json> objects() && { return std::move(objects_); }

private:
    bool matches(const ObjectRow& row) {
        if (selector_.empty()) return true;
        const auto labels = json::parse(row.labels);
        return labels && selector_.matches(*labels) && matched_++ >= offset_;
    }

    std::size_t limit_;
    std::uint64_t offset_;
    LabelSelector selector_;
    std::string after_;
    std::uint64_t matched_ = 0;
    std::vector<Json> objects_;
};

}  // namespace

Result<std::vector<Json>> read_page(const Database& database, const ListQuery& query,
                                    const ReadRows& read_rows) {
    auto selector = LabelSelector::parse(query.labels);
    if (!selector) return selector.error();
    Page page(query, *std::move(selector));
    bool more = !page.is_full();
    while (more) {
        const auto rows = database.read([&](Connection& sql) -> Result<std::vector<ObjectRow>> {
            return read_rows(sql, page.next_range());
        });
        if (!rows) return rows.error();
        more = page.take(*rows);
    }
    return std::move(page).objects();
}

}  // namespace ajour::store

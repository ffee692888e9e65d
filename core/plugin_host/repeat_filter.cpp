// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/repeat_filter.hpp"

#include <utility>

namespace ajour::plugin_host {

std::optional<std::uint64_t> RepeatFilter::pass(std::string_view text, Time now) {
    if (now - begin_ >= window) begin_window(now);
    const auto hash = std::hash<std::string_view>()(text);
    if (rows_.size() >= texts_max && !rows_.contains(hash)) {
        ++forgotten_;
        return std::nullopt;
    }
    auto& row = rows_[hash];
    if (row.lines >= same_max || lines_ >= lines_max) {
        ++row.left_out;
        return std::nullopt;
    }
    ++row.lines;
    ++lines_;
    return std::exchange(row.left_out, 0);
}

/// Rows with something left to tell stay for one more window, so that the next line like them tells
/// it.
void RepeatFilter::begin_window(Time now) {
    std::unordered_map<std::size_t, Row> kept;
    for (const auto& [hash, row] : rows_) {
        const bool is_kept = row.lines > 0 && row.left_out > 0 && kept.size() < texts_max / 2;
        if (is_kept) {
            kept[hash] = {0, row.left_out};
        } else {
            forgotten_ += row.left_out;
        }
    }
    rows_ = std::move(kept);
    begin_ = now;
    lines_ = 0;
}

std::uint64_t RepeatFilter::take_forgotten() noexcept {
    return std::exchange(forgotten_, 0);
}

}  // namespace ajour::plugin_host

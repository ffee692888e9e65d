// SPDX-License-Identifier: Apache-2.0
#include "work/line_limiter.hpp"

#include <utility>

namespace ajour::work {

LineLimiter::Passed LineLimiter::pass(Kind kind, Instant now) {
    if (now - begin_ >= window) begin_window(now);
    if (rows_.size() >= kinds_max && !rows_.contains(kind)) {
        ++others_;
        return {};
    }
    auto& row = rows_[kind];
    if (row.written || lines_ >= lines_max) {
        ++row.left_out;
        return {};
    }
    row.written = true;
    ++lines_;
    return {true, std::exchange(row.left_out, 0), std::exchange(others_, 0)};
}

/// What was left out is told by the next line like it, as long as there is room to remember that.
void LineLimiter::begin_window(Instant now) {
    std::unordered_map<Kind, Row> kept;
    for (const auto& [kind, row] : rows_) {
        if (row.written && row.left_out > 0 && kept.size() < kinds_max / 2) {
            kept[kind] = {false, row.left_out};
        } else {
            others_ += row.left_out;
        }
    }
    rows_ = std::move(kept);
    begin_ = now;
    lines_ = 0;
}

}  // namespace ajour::work

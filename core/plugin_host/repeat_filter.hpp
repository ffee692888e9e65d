// SPDX-License-Identifier: Apache-2.0
// Thins out log lines that repeat, so that a plugin in trouble cannot fill the disk. No clock of
// its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace ajour::plugin_host {

/// Not for several threads at once.
class RepeatFilter {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds window{10};
    static constexpr std::uint64_t same_max = 5;     ///< lines of one text in a window
    static constexpr std::uint64_t lines_max = 500;  ///< lines of any text in a window
    static constexpr std::size_t texts_max = 256;    ///< texts that are told apart in a window

    /// Empty when the line must not be written; else how many like it were left out since the last
    /// one that was.
    std::optional<std::uint64_t> pass(std::string_view text, Time now);

    /// How many lines were left out and have not been told by `pass` when their texts were
    /// forgotten.
    std::uint64_t take_forgotten() noexcept;

private:
    struct Row {
        std::uint64_t lines = 0, left_out = 0;
    };

    void begin_window(Time now);

    std::unordered_map<std::size_t, Row> rows_;  // by the text's hash
    Time begin_{};
    std::uint64_t lines_ = 0, forgotten_ = 0;
};

}  // namespace ajour::plugin_host

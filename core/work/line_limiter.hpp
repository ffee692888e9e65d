// SPDX-License-Identifier: Apache-2.0
// Which lines of a log are written when the same things go wrong again and again. No clock of its
// own.
#pragma once

#include "work/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace ajour::work {

/// In a window, one line of a kind, and a number of lines in all. Not for several threads at once.
class LineLimiter {
public:
    using Kind = std::size_t;  ///< a hash of what makes lines alike

    static constexpr std::chrono::seconds window{60};
    static constexpr std::size_t lines_max = 100;   ///< in a window
    static constexpr std::size_t kinds_max = 1000;  ///< that are told apart

    struct Passed {
        bool write = false;
        std::uint64_t alike = 0;   ///< lines like this one that were left out before it
        std::uint64_t others = 0;  ///< lines that were left out and will not be told otherwise
    };
    Passed pass(Kind kind, Instant now);

private:
    struct Row {
        bool written = false;  ///< in this window
        std::uint64_t left_out = 0;
    };

    void begin_window(Instant now);

    std::unordered_map<Kind, Row> rows_;
    Instant begin_{};
    std::size_t lines_ = 0;
    std::uint64_t others_ = 0;
};

}  // namespace ajour::work

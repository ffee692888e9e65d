// SPDX-License-Identifier: Apache-2.0
// What one sender has used of the last hour. Pure: time comes from the caller.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace ajour::lora {

/// Counts in slots of five minutes and forgets a slot when all of it is an hour ago, so that no
/// hour ever has more than was allowed.
class AirMeter {
public:
    using Instant = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::minutes slot{5};

    /// The air time of the last hour, and of up to five minutes before.
    std::chrono::microseconds used(Instant now) noexcept;
    /// Adds to the present slot.
    void use(Instant now, std::chrono::microseconds time) noexcept;
    /// Takes away what was added at `then`, when that counts still.
    void give_back(Instant then, std::chrono::microseconds time) noexcept;
    /// The first time, `now` or later, at which no more than `rest` is used.
    Instant falls_to(Instant now, std::chrono::microseconds rest) noexcept;

private:
    static constexpr std::size_t slots = 13;  // twelve whole ones, and the present

    void move_to(Instant now) noexcept;

    std::array<std::int64_t, slots> used_{};  // microseconds; the present slot is number_ % slots
    std::int64_t number_ = 0;                 // of the present slot since the clock's epoch
};

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
// How fast blocks get to a device: what was seen of it, what its link's budget allows, and what it
// waits for. Pure: time comes from the caller.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "work/clock.hpp"

#include <chrono>
#include <cstdint>

namespace ajour::fleet {

/// Small, for each device has one.
struct Pace {
    work::Instant since{};         ///< when it first asked for the block that it was sent last; the
                                   ///< epoch: it has all, or none is due
    float seen = 0;                ///< seconds from one block to the next, smoothed; 0: not yet
    std::uint32_t budget = 0;      ///< milliseconds from one to the next; 0: no bound
    std::uint32_t delay_end = 0;   ///< second of the clock; 0: nothing waits for air time
    std::uint32_t block : 24 = 0;  ///< bytes of the last one
    std::uint32_t share : 4 = 0;   ///< sdk::Delay::Share that the delay is of
    std::uint32_t drop : 4 = 0;    ///< 1 + sdk::Drop of the last command; 0: none is known of

    static constexpr std::uint32_t never = UINT32_MAX;  ///< as `delay_end`
};
static_assert(sizeof(Pace) == 24);

/// What a turn came to.
struct Advance {
    bool goes_on = false;     ///< a block or the swap was sent
    std::uint32_t block = 0;  ///< bytes of that block; 0: none
    std::int64_t gained = 0;  ///< bytes that the device has more than at the turn before
    std::chrono::milliseconds budget{0};  ///< as sdk::Message::pace
};

void keep_pace(Pace& pace, const Advance& advance, work::Instant now) noexcept;

/// What was sent last did not go out. False: that is as it was known before.
bool note_delay(Pace& pace, const sdk::Delay& delay, work::Instant now) noexcept;

/// The network gave up what was sent last. False: that was known before.
bool note_drop(Pace& pace, sdk::Drop drop) noexcept;

}  // namespace ajour::fleet

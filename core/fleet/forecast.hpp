// SPDX-License-Identifier: Apache-2.0
// How many blocks a device still takes, and how long that is at its present pace. Pure: time comes
// from the caller.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "fleet/pace.hpp"
#include "work/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace ajour::fleet {

struct Forecast {
    /// What is the slower one.
    enum class By : std::uint8_t {
        Unknown,  ///< no block has come through yet
        Seen,     ///< the last blocks
        Budget,   ///< of air time
    };
    struct Delay {
        sdk::Delay::Share share;
        std::optional<std::chrono::seconds> rest;  ///< absent: for ever
    };

    std::uint32_t blocks = 0;  ///< left, before the swap; each is one command
    By by = By::Unknown;
    std::chrono::milliseconds each{0};         ///< from one block to the next; 0: unknown
    std::optional<std::chrono::seconds> rest;  ///< until the device has them all, as far as that is
                                               ///< known and within a century
    std::optional<Delay> delay;                ///< that the next one waits for air time

    std::optional<sdk::Drop> drop;  ///< why the network gave up the last command

    bool never_ends() const noexcept { return delay && !delay->rest; }
};

/// `left` is in bytes.
Forecast foresee(const Pace& pace, std::uint32_t left, work::Instant now) noexcept;

}  // namespace ajour::fleet

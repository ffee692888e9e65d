// SPDX-License-Identifier: Apache-2.0
// The decision: what a device is told, given what it said and what is known. Pure and total: no
// clock, no log, no store, no plugin. All numbers of a device are bounded here. docs/protocol.md
// has it as a table.
#pragma once

#include <ajour/sdk/release.hpp>

#include "update/limits.hpp"
#include "update/step.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ajour::update {

/// What a device said, as far as the decision needs it.
struct Claim {
    std::string_view running;                 ///< version
    std::optional<std::uint32_t> mtu;         ///< most data bytes in one write
    std::optional<std::string_view> writing;  ///< version that it is half way through
    std::uint32_t offset = 0;                 ///< bytes of it that the device holds
};

/// A verified image that could be served.
struct Image {
    std::string_view version;
    std::uint32_t size = 0;  ///< bytes; 0 never decides a block
    sdk::Permit permit = sdk::Permit::Swap;
    /// How many bytes of this very image the device was served, counted from 0 without a hole;
    /// absent when the server does not remember serving its first block.
    std::optional<std::uint32_t> served;
    bool differs = false;  ///< what the device holds of this version is of another image
    std::uint8_t starts_over =
        0;                  ///< how many of the last answers told the device to start over with it
    bool reverted = false;  ///< the device came back from its swap twice
};

/// The most data bytes that the link can carry now in one block. What else a block has grows with
/// its offset.
struct Room {
    std::uint32_t at_start = 0;   ///< from byte 0
    std::uint32_t at_offset = 0;  ///< from where the device stands
};

/// Everything that a decision rests on.
struct Situation {
    Claim claim;
    std::optional<Image> target;  ///< what it should run; absent: `absent` says why
    Cause absent = Cause::NotReady;
    std::uint32_t retry = 0;  ///< seconds that source or registry asked for; 0: the limits' own
    std::optional<Image>
        previous;  ///< the image that it is half way through, not the target, not withdrawn
    std::optional<Room> room;  ///< absent: no bound
    Limits limits;
};

Step decide(const Situation& situation) noexcept;

/// How many bytes to send of `rest`, when at most `most` fit: as much as can be sent without
/// leaving a flash with 8- or 4-byte words a tail that it cannot write (facts of stock devices:
/// docs/protocol.md).
std::uint32_t block_length(std::uint32_t rest, std::uint32_t most) noexcept;

}  // namespace ajour::update

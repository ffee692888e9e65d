// SPDX-License-Identifier: Apache-2.0
// What was decided for a device, and why. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace ajour::update {

/// Why a device is told to wait.
enum class Cause : std::uint8_t {
    NoTarget,        ///< nothing is configured for it
    NothingToDo,     ///< its source has nothing for it now
    NotReady,        ///< the release is being resolved or fetched
    SourceFailed,    ///< the source gave an error, and there is no earlier release to go on with
    RegistryFailed,  ///< the registry gave an error
    Withdrawn,       ///< the release was withdrawn
    NotPermitted,    ///< the source does not permit blocks, or the swap, now
    MustRestart,     ///< it holds bytes that it was never served: it must restart and begin at 0
    Reverted,        ///< it came back from the swap with the old version twice
    NoRoom,          ///< its link cannot carry a block
    TooManyTargets,  ///< its target finds no room beside those in use
};

/// The cause as one word, as in conditions and metrics. Static storage.
std::string_view text_of(Cause cause) noexcept;

struct InSync {
    std::uint32_t poll = 1;  ///< seconds, before jitter
};

struct Later {
    std::uint32_t seconds = 1;  ///< before jitter
    Cause cause = Cause::NotReady;
};

/// Which of the two images that a situation names.
enum class Choice : std::uint8_t { Target, Previous };

struct NeedBlock {
    Choice image = Choice::Target;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;  ///< at least 1
    bool starts_over =
        false;  ///< the device holds bytes under this version that cannot be of this image
};

/// All bytes are there: swap.
struct Complete {
    Choice image = Choice::Target;
};

using Step = std::variant<InSync, Later, NeedBlock, Complete>;

}  // namespace ajour::update

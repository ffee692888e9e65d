// SPDX-License-Identifier: Apache-2.0
// How long downlinks may be to devices whose network server finds them too long. Pure.
#pragma once

#include "answer_window.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace ajour::lorawan {

/// One that is refused may have met commands of the network's own, or have come too late for the
/// window that it was made for. Two, with none in between that was sent, mean that the settings do
/// not fit: the next ones are shorter, until it is tried again. Of one thread, or under a lock.
class LearntRooms {
public:
    static constexpr std::uint32_t uplinks = 32;  ///< whose answers are shorter

    explicit LearntRooms(std::size_t most) noexcept : most_(most) {}

    /// One that was made for this window is too long; `room` bytes would have fitted. True: the
    /// next ones are shorter now. Beyond `most` devices another one is forgotten.
    bool refused(const std::string& address, const lora::Window& window, std::uint32_t room);
    /// One was sent.
    void sent(const std::string& address);
    /// The bytes of the answer to an uplink that came now.
    std::uint32_t room(const std::string& address, const lora::Window& window);

private:
    struct Learnt {
        lora::Window window;  ///< with no more bytes than were found to fit
        std::uint32_t refused = 0;
        std::uint32_t left = 0;  ///< uplinks for which it counts
    };

    const std::size_t most_;
    std::unordered_map<std::string, Learnt> learnt_;
};

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
// What is remembered of the image that a device is being served, and how a claim and a step change
// it. Pure.
#pragma once

#include <ajour/sdk/release.hpp>

#include "update/decide.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::update {

struct Flight {
    std::string version;  ///< empty: nothing is remembered
    sdk::Sha256 sha256;
    std::uint32_t size = 0;
    std::uint32_t served = 0;  ///< bytes served without a hole, when `from_start`
    bool from_start = false;   ///< this server served its first block, and all since
    bool swap_sent = false;
    std::uint8_t starts_over = 0;  ///< how many of the last answers told the device to start over
    std::uint8_t returns =
        0;  ///< how often the device came back from the swap with its old version

    bool is_of(const sdk::Sha256& digest) const noexcept {
        return !version.empty() && sha256 == digest;
    }

    /// What survives a restart of the server; `served` does not, for it may be behind the device.
    friend bool same_for_restart(const Flight& left, const Flight& right) noexcept {
        return left.version == right.version && left.sha256 == right.sha256 &&
               left.swap_sent == right.swap_sent && left.returns == right.returns;
    }
};

/// The image as `decide` wants it, with what the flight remembers of it.
Image seen_through(const Flight& flight, const sdk::Release& release, sdk::Permit permit) noexcept;

/// The image of the flight itself, when it is no longer the target.
Image seen_again(const Flight& flight, sdk::Permit permit) noexcept;

/// Learns from what the device says: it arrived, or came back.
void hear(Flight& flight, const Claim& claim) noexcept;

/// Learns from what the device is told about `release`. Allocates only when a flight begins.
void follow(Flight& flight, const Step& step, const sdk::Release& release);

/// The same about the flight's own image.
void follow_again(Flight& flight, const Step& step) noexcept;

}  // namespace ajour::update

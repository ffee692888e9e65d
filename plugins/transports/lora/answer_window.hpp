// SPDX-License-Identifier: Apache-2.0
// What the answer to an uplink may be: how long, and how it is sent. Pure.
#pragma once

#include "region.hpp"

#include <cstdint>
#include <optional>

namespace ajour::lora {

/// Which of a device's two receive windows the network server sends downlinks in.
enum class Windows : std::uint8_t {
    First,   ///< the first; what does not fit the second has no second chance
    Second,  ///< the second alone
    Both,    ///< either; an answer fits both
};

/// What an operator may set.
struct Radio {
    Region region = Region::EU868;
    Limits limits;
    std::uint32_t offset = 0;         ///< RX1DROffset
    std::uint32_t payload_max = 242;  ///< however much the data rate carries
    Windows windows = Windows::First;
    std::optional<std::uint32_t> second_data_rate{};  ///< nothing: the region's
    /// The network server takes the second window where the first has a data rate below.
    std::uint32_t second_below = 0;
};

/// What a network server tells of an uplink; the modulation counts more.
struct Received {
    std::optional<Modulation> modulation;
    std::optional<std::uint32_t> data_rate;
};

struct Window {
    Modulation modulation;
    std::uint32_t bytes = 0;  ///< of the largest FRMPayload
    bool is_second = false;

    /// Whether frames are sent in it as in the other.
    bool is_alike(const Window& other) const noexcept {
        return modulation == other.modulation && is_second == other.is_second;
    }
};

/// The window in which the network server sends the answer. An uplink of a data rate that the
/// region has not is answered as at the slowest.
Window window_after(const Received& uplink, const Radio& radio) noexcept;

}  // namespace ajour::lora

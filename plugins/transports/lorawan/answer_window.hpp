// SPDX-License-Identifier: Apache-2.0
// What the answer to an uplink may be: how long, and how it is sent. Pure.
#pragma once

#include "region.hpp"
#include "uplink.hpp"

#include <cstdint>

namespace ajour::lorawan {

/// What an operator may set.
struct RadioSettings {
    lora::Region region = lora::Region::EU868;
    lora::Limits limits;
    std::uint32_t offset = 0;       ///< RX1DROffset
    std::uint32_t payload_max = 0;  ///< however much the data rate carries
};

struct Window {
    lora::Modulation modulation;
    std::uint32_t bytes = 0;  ///< of the largest command
};

/// The first receive window after the uplink. An uplink of a data rate that the region has not is
/// answered as at the slowest.
Window window_after(const Uplink& uplink, const RadioSettings& settings) noexcept;

}  // namespace ajour::lorawan

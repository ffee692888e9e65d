// SPDX-License-Identifier: Apache-2.0
// What the answer to an uplink may be: how long, and how it is sent. Pure.
#pragma once

#include "region.hpp"

#include <cstdint>
#include <optional>

namespace ajour::lora {

/// What an operator may set.
struct Radio {
    Region region = Region::EU868;
    Limits limits;
    std::uint32_t offset = 0;         ///< RX1DROffset
    std::uint32_t payload_max = 242;  ///< however much the data rate carries
};

/// What a network server tells of an uplink; the modulation counts more.
struct Received {
    std::optional<Modulation> modulation;
    std::optional<std::uint32_t> data_rate;
};

struct Window {
    Modulation modulation;
    std::uint32_t bytes = 0;  ///< of the largest FRMPayload
};

/// The first receive window after the uplink. An uplink of a data rate that the region has not is
/// answered as at the slowest.
Window window_after(const Received& uplink, const Radio& radio) noexcept;

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
// The tables of the regions: "RP002-1.0.5 LoRaWAN Regional Parameters" of the LoRa Alliance,
// chapter 3. Pure.
#pragma once

#include "region.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ajour::lora {

/// A row of a region's tables of data rates and of payload sizes.
struct DataRateRow {
    std::uint32_t data_rate;
    Modulation modulation;
    bool up, down;
    std::uint32_t bytes;            ///< N of the table without repeaters
    std::uint32_t dwell_bytes = 0;  ///< N with a dwell time, for the regions with one
    std::uint32_t early_bytes = 0;  ///< N before RP002-1.0.1, where it was another
};

/// The largest N of the tables with repeaters; what they have below is that of those without.
inline constexpr std::uint32_t repeater_bytes = 222;

struct Plan {
    Region region;
    std::string_view name;
    std::span<const DataRateRow> rows;
    std::uint32_t uplink_shift;      ///< from an uplink's data rate to that of RX1, at offset 0
    std::uint32_t slowest, fastest;  ///< data rate of a downlink
    std::uint32_t offset_max;        ///< of RX1DROffset; 6 and 7 are faster, not slower
    std::uint32_t second_data_rate;  ///< of RX2
    std::uint32_t permille;          ///< duty cycle of the channels of RX1
    std::optional<std::uint32_t> second_permille;  ///< of RX2's, when that is in a band of its own
    bool has_dwell;
};

/// EU868's for a region that is none.
const Plan& plan_of(Region region) noexcept;

/// Null when the region has no such data rate.
const DataRateRow* row_of(const Plan& plan, std::uint32_t data_rate) noexcept;

}  // namespace ajour::lora

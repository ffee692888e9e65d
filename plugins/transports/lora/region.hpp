// SPDX-License-Identifier: Apache-2.0
// What the data rates of a region are and carry: "RP002-1.0.3 LoRaWAN Regional Parameters" of the
// LoRa Alliance, chapter 2. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ajour::lora {

enum class Region : std::uint8_t { EU868, US915, AS923, AU915, IN865 };

/// "EU868", in upper or lower case; nothing for a region that is not here.
std::optional<Region> parse_region(std::string_view text) noexcept;

/// How symbols are sent. LR-FHSS, which no downlink has, is left out.
struct Modulation {
    std::uint32_t spreading_factor = 0;  ///< 7 to 12; 0: FSK at 50 kbit/s
    std::uint32_t bandwidth = 0;         ///< in Hz; 0 with FSK

    friend bool operator==(const Modulation&, const Modulation&) = default;
};

/// What else bounds payloads.
struct Limits {
    bool repeaters = true;  ///< frames fit through a repeater: 222 bytes instead of 242
    bool dwell = false;     ///< no more than 400 ms on a channel (AS923, AU915), of each direction
};

/// The modulation of a data rate; nothing when the region has none of that number.
std::optional<Modulation> modulation_of(Region region, std::uint32_t data_rate) noexcept;

/// The data rate of an uplink; nothing when the region has none such.
std::optional<std::uint32_t> uplink_data_rate(Region region, const Modulation& uplink) noexcept;

/// The data rate of the first receive window (RX1) after an uplink, with an RX1DROffset of 0 to 5;
/// nothing when that uplink data rate is unknown.
std::optional<std::uint32_t> downlink_data_rate(Region region, std::uint32_t uplink_data_rate,
                                                std::uint32_t offset, bool dwell) noexcept;

/// The slowest data rate that a downlink may have.
std::uint32_t slowest_downlink(Region region, bool dwell) noexcept;

/// The largest FRMPayload in bytes, without MAC commands (FOpts) beside it; 0: the data rate is
/// unknown, or carries none.
std::uint32_t payload_max(Region region, std::uint32_t data_rate, const Limits& limits) noexcept;

/// The part of the time that a sender may use its channel for, in thousandths; 1000: all. EU868:
/// the sub-bands of the default channels (ERC 70-03, annex 1); AS923 as RP002 section 2.10 says.
std::uint32_t duty_cycle_permille(Region region) noexcept;

}  // namespace ajour::lora

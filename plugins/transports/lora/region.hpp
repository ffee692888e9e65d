// SPDX-License-Identifier: Apache-2.0
// What the data rates of a region are and carry, and in which windows downlinks go: "RP002-1.0.5
// LoRaWAN Regional Parameters" of the LoRa Alliance, chapter 3. Pure.
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

/// The only one of FSK, in bit/s.
inline constexpr std::uint32_t fsk_bit_rate = 50'000;

/// What else bounds payloads.
struct Limits {
    bool repeaters = true;  ///< frames fit through a repeater: 222 bytes instead of 242
    bool dwell = false;     ///< no more than 400 ms on a channel (AS923, AU915), of each direction
    bool recent = false;    ///< devices and network keep to RP002-1.0.1 or later (AS923)
};

/// The modulation of a data rate; nothing when the region has none of that number.
std::optional<Modulation> modulation_of(Region region, std::uint32_t data_rate) noexcept;

/// The data rate of an uplink; nothing when the region has none such.
std::optional<std::uint32_t> uplink_data_rate(Region region, const Modulation& uplink) noexcept;

/// The data rate of the first receive window (RX1) after an uplink; an RX1DROffset that the region
/// has not counts as its largest. Nothing when that uplink data rate is unknown.
std::optional<std::uint32_t> downlink_data_rate(Region region, std::uint32_t uplink_data_rate,
                                                std::uint32_t offset, bool dwell) noexcept;

/// The slowest data rate that a downlink may have.
std::uint32_t slowest_downlink(Region region, bool dwell) noexcept;

/// Whether downlinks may have it.
bool is_downlink_data_rate(Region region, std::uint32_t data_rate) noexcept;

/// The data rate of the second receive window (RX2), unless the network chose another.
std::uint32_t second_data_rate(Region region) noexcept;

/// The largest RX1DROffset.
std::uint32_t offset_max(Region region) noexcept;

/// The largest FRMPayload in bytes, without MAC commands (FOpts) beside it; 0: the data rate is
/// unknown, or carries none.
std::uint32_t payload_max(Region region, std::uint32_t data_rate, const Limits& limits) noexcept;

/// The part of the time that a sender may use the band of the first window for, in thousandths;
/// 1000: all.
std::uint32_t duty_cycle_permille(Region region) noexcept;

/// The same of the second window's, where that is a band of its own: in EU868 that of 869.525 MHz.
std::optional<std::uint32_t> second_duty_cycle_permille(Region region) noexcept;

}  // namespace ajour::lora

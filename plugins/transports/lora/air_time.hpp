// SPDX-License-Identifier: Apache-2.0
// How long a frame is on the air: Semtech AN1200.13 "LoRa Modem Designer's Guide", section 4, and
// for FSK the packet format of LoRaWAN. Pure.
#pragma once

#include "region.hpp"

#include <chrono>
#include <cstdint>

namespace ajour::lora {

/// Of a frame beside its FRMPayload: MHDR 1, FHDR 7 without FOpts, FPort 1, MIC 4.
inline constexpr std::uint32_t frame_overhead = 13;

/// Of a frame of so many bytes (PHYPayload), with explicit header, coding rate 4/5, a preamble of 8
/// symbols, and the low data rate optimisation where a symbol takes 16 ms or more. Uplinks have a
/// CRC, downlinks none. A frame has 255 bytes at most: more count as 255. Zero: no such modulation.
std::chrono::microseconds frame_air_time(const Modulation& modulation, std::uint32_t bytes,
                                         bool crc) noexcept;

/// Of a downlink with so many bytes of FRMPayload.
std::chrono::microseconds downlink_air_time(const Modulation& modulation,
                                            std::uint32_t payload_bytes) noexcept;

}  // namespace ajour::lora

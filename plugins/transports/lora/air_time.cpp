// SPDX-License-Identifier: Apache-2.0
#include "air_time.hpp"

#include <algorithm>

namespace ajour::lora {
namespace {

using std::chrono::microseconds;

constexpr std::uint32_t most_frame_bytes = 255;
constexpr std::int64_t million = 1'000'000;

/// Preamble 5, sync word 3, length 1, CRC 2, at 50 kbit/s.
microseconds fsk_air_time(std::uint32_t bytes) noexcept {
    return microseconds((5 + 3 + 1 + bytes + 2) * 8 * million / 50'000);
}

bool is_lora(const Modulation& modulation) noexcept {
    const auto factor = modulation.spreading_factor;
    return factor >= 7 && factor <= 12 && modulation.bandwidth >= 7'800 &&
           modulation.bandwidth <= 1'700'000;
}

bool is_optimised(std::uint32_t factor, std::uint32_t bandwidth) noexcept {
    return (million << factor) / bandwidth >= 16'000;
}

/// Of the header and the payload.
std::int64_t payload_symbols(const Modulation& modulation, std::uint32_t bytes, bool crc) noexcept {
    const std::int64_t factor = modulation.spreading_factor;
    const bool optimised = is_optimised(modulation.spreading_factor, modulation.bandwidth);
    const auto bits = 8 * std::int64_t(bytes) - 4 * factor + 28 + (crc ? 16 : 0);
    const auto group = 4 * (factor - (optimised ? 2 : 0));
    return 8 + std::max<std::int64_t>((bits + group - 1) / group, 0) * 5;
}

}  // namespace

microseconds frame_air_time(const Modulation& modulation, std::uint32_t bytes, bool crc) noexcept {
    bytes = std::min(bytes, most_frame_bytes);
    if (modulation == Modulation{}) return fsk_air_time(bytes);
    if (!is_lora(modulation)) return microseconds::zero();
    // The preamble has 8 + 4.25 symbols, so quarters are counted.
    const auto quarters = 49 + 4 * payload_symbols(modulation, bytes, crc);
    return microseconds(quarters * (million << modulation.spreading_factor) / 4 /
                        modulation.bandwidth);
}

microseconds downlink_air_time(const Modulation& modulation, std::uint32_t payload_bytes) noexcept {
    const auto payload = std::min(payload_bytes, most_frame_bytes);
    return frame_air_time(modulation, payload + frame_overhead, false);
}

}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
// Whether an offer can be served, and whether an image is the one that was offered. Pure.
#pragma once

#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <cstdint>

namespace ajour::firmware {

inline constexpr std::uint64_t protocol_size_max = UINT32_MAX;  // offsets on the wire are u32

sdk::Result<void> check_bounds(const sdk::Offer& offer, std::uint64_t image_max);

/// By what was measured of the image.
sdk::Result<void> check_measured(const sdk::Offer& offer, std::uint64_t size,
                                 const sdk::Sha256& sha256);

}  // namespace ajour::firmware

// SPDX-License-Identifier: Apache-2.0
// Numbers of a server's, bounded. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace ajour::lorawan {

/// The number, or the largest of 32 bits, which no port, data rate or bandwidth is.
constexpr std::uint32_t bounded(std::uint64_t number) noexcept {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(number, most));
}

}  // namespace ajour::lorawan

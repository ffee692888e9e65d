// SPDX-License-Identifier: Apache-2.0
// How much data a Write carries on a link that takes no more than so many bytes. Pure.
#pragma once

#include "protocol/command.hpp"

#include <cstdint>

namespace ajour::protocol {

/// The most data bytes that `write` may have, in place of those that it has, so that `encode` makes
/// at most `room` bytes of it. 0: none fit.
std::uint32_t most_data(const Write& write, std::uint32_t room) noexcept;

}  // namespace ajour::protocol

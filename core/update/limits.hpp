// SPDX-License-Identifier: Apache-2.0
// The numbers that bound a decision. Pure.
#pragma once

#include <cstdint>

namespace ajour::update {

/// What to do with a device that is half way through a release that is no longer its target.
enum class Retarget : std::uint8_t { Finish, Restart };

/// Whether other servers may have served a device what this one does not remember serving it.
enum class Replicas : std::uint8_t { One, Many };

struct Limits {
    std::uint32_t block_max = 1024;     ///< most data bytes in one write; at least 8
    std::uint32_t block_default = 512;  ///< when the device names no mtu
    std::uint32_t poll = 60;            ///< seconds until a device in sync asks again; at least 1
    std::uint32_t backoff = 10;  ///< seconds until a device asks again after a failure; at least 1
    Retarget retarget = Retarget::Finish;
    Replicas replicas = Replicas::One;
};

}  // namespace ajour::update

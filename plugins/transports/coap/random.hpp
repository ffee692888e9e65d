// SPDX-License-Identifier: Apache-2.0
// Numbers that nobody can foretell, from the kernel.
#pragma once

#include "sip_hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ajour::coap {

SipKey random_key();

/// Random numbers of 16 bits, fetched many at a time.
class RandomNumbers {
public:
    std::uint16_t next();

private:
    std::array<std::uint16_t, 128> numbers_{};
    std::size_t left_ = 0;
};

}  // namespace ajour::coap

// SPDX-License-Identifier: Apache-2.0
// Images made for tests: the same for the same arguments, and no two blocks alike.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include <random>

namespace ajour::support {

inline sdk::Bytes sample_image(std::size_t size, unsigned seed = 1) {
    std::mt19937 random(seed);
    sdk::Bytes image(size);
    for (auto& byte : image) byte = static_cast<std::uint8_t>(random());
    return image;
}

}  // namespace ajour::support

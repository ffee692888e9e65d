// SPDX-License-Identifier: Apache-2.0
// Any sequence of commands, power cuts and faults: never a write outside of the slot, never an
// activation of what the digest does not name.
#include "mcu/flash_play.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto broken = ajour::test::FlashPlay({data, size}).run();
    if (broken.empty()) return 0;
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
}

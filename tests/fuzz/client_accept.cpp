// SPDX-License-Identifier: Apache-2.0
// Any bytes as a command, on a fresh device and on one that is half way through a release.
#include "mcu/commands.hpp"
#include "mcu/simulated_device.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ajour;
    for (const bool half_way : {false, true}) {
        test::SimulatedFlash flash({1024, 256, 8, 0});
        test::SimulatedDevice device(flash, "1.0.0", 512);
        device.boot();
        if (half_way && device.accept(test::write("0.1.1", 0, sdk::Bytes(5, 'x'))) != AJOUR_OK)
            std::abort();
        const int result = device.accept(sdk::Bytes(data, data + size));
        const auto& next = device.next();
        const bool waits = next.action == AJOUR_WAIT || next.action == AJOUR_IN_SYNC;
        if (waits != (next.seconds > 0) || next.seconds > AJOUR_POLL_MAX) std::abort();
        if (result != AJOUR_OK && next.action != AJOUR_WAIT) std::abort();
        if (!flash.violations().empty() || flash.unerased_writes() > 0) std::abort();
    }
    return 0;
}

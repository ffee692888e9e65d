// SPDX-License-Identifier: Apache-2.0
// A device of the real client on simulated flash: boots, takes turns with a server, swaps, boots
// again.
#pragma once

#include <ajour/ajour_client.h>

#include "mcu/simulated_flash.hpp"
#include "mcu/update_server.hpp"

#include <string>

namespace ajour::test {

class SimulatedDevice {
public:
    SimulatedDevice(SimulatedFlash& flash, std::string factory_version, std::uint32_t mtu);

    /// Starts the client as at power on: runs what was activated last. Throws what the flash
    /// throws.
    void boot();

    /// The client's status.
    sdk::Bytes status() const;

    /// Gives the client a command; what it returned. A copy is given, for the client changes it.
    int accept(sdk::Bytes command);

    /// One turn with a server; boots after a swap.
    void take_turn(UpdateServer& server);

    /// Boots and takes turns until the device is in sync or `turns` are over; boots again after
    /// each power cut. True if it is in sync.
    bool run(UpdateServer& server, std::size_t turns);

    std::string running() const;
    const ajour_next& next() const { return next_; }
    const ajour_progress& progress() const { return *ajour_client_progress(&client_); }
    int last_result() const { return last_result_; }

private:
    SimulatedFlash& flash_;
    std::string factory_version_;
    std::uint32_t mtu_;
    ajour_client client_{};
    ajour_next next_{};
    int last_result_ = 0;
};

}  // namespace ajour::test

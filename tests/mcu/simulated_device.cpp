// SPDX-License-Identifier: Apache-2.0
#include "mcu/simulated_device.hpp"

#include <stdexcept>

namespace ajour::test {

SimulatedDevice::SimulatedDevice(SimulatedFlash& flash, std::string factory_version,
                                 std::uint32_t mtu)
    : flash_(flash), factory_version_(std::move(factory_version)), mtu_(mtu) {}

std::string SimulatedDevice::running() const {
    return flash_.activations().empty() ? factory_version_ : flash_.activations().back().version;
}

void SimulatedDevice::boot() {
    const auto version = running();
    next_ = {};
    if (ajour_client_init(&client_, flash_.storage(), version.data(), version.size(), mtu_) !=
        AJOUR_OK) {
        throw std::runtime_error("the client refuses this flash");
    }
}

sdk::Bytes SimulatedDevice::status() const {
    sdk::Bytes status(AJOUR_STATUS_MAX);
    std::size_t length = 0;
    if (ajour_client_compose(&client_, status.data(), status.size(), &length) != AJOUR_OK) {
        throw std::runtime_error("AJOUR_STATUS_MAX is too small");
    }
    status.resize(length);
    return status;
}

int SimulatedDevice::accept(sdk::Bytes command) {
    last_result_ = ajour_client_accept(&client_, command.data(), command.size(), &next_);
    return last_result_;
}

void SimulatedDevice::take_turn(UpdateServer& server) {
    accept(server.answer(status()));
    if (next_.action == AJOUR_REBOOT) boot();
}

bool SimulatedDevice::run(UpdateServer& server, std::size_t turns) {
    bool on = false;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        try {
            if (!on) boot();
            on = true;
            take_turn(server);
            if (next_.action == AJOUR_IN_SYNC) return true;
        } catch (const PowerCut&) {
            on = false;
        }
    }
    return false;
}

}  // namespace ajour::test

// SPDX-License-Identifier: Apache-2.0
#include "downlinks.hpp"

#include <utility>

namespace ajour::lorawan {

Downlinks::Downlinks(Service service)
    : network_(std::move(service.network)),
      metrics_(service.metrics),
      airtime_({service.allowance, service.metrics, service.host, std::move(service.clock),
                service.inbox}),
      waiting_(service.allowance.devices_max) {}

void Downlinks::send(const Answer& answer, sdk::ByteView command, Courier& courier) noexcept try {
    if (answer.withheld) return metrics_.commands_withheld.add();
    if (!airtime_.take(answer.device, answer.window, command.size())) return;
    if (!network().replaces()) await(answer.device_eui);
    courier.send({answer.target, network().downlink_body(answer.device_eui, answer.port, command)});
} catch (...) {  // without memory its device asks again
}

void Downlinks::await(const std::string& device_eui) {
    const std::lock_guard lock(mutex_);
    waiting_.sent(device_eui);
}

bool Downlinks::is_answered(const std::string& device_eui) {
    if (network().replaces()) return false;
    const std::lock_guard lock(mutex_);
    return waiting_.take(device_eui);
}

void Downlinks::gone(const std::string& device_eui) {
    const std::lock_guard lock(mutex_);
    waiting_.gone(device_eui);
}

}  // namespace ajour::lorawan

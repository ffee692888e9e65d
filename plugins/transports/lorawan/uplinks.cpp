// SPDX-License-Identifier: Apache-2.0
#include "uplinks.hpp"

#include "downlink_reply.hpp"

#include <algorithm>
#include <utility>

namespace ajour::lorawan {

void Uplinks::take(const sdk::Result<Uplink>& uplink, const std::shared_ptr<Courier>& courier,
                   const std::function<std::string(const Uplink&)>& target) {
    service_.metrics.uplinks.add();
    if (!uplink) return pass_over(uplink.error());
    const auto& ports = service_.settings.ports;
    if (std::ranges::find(ports, uplink->port) == ports.end() || uplink->payload.empty()) {
        return service_.metrics.uplinks_other.add();
    }
    if (const auto done = submit(*uplink, courier, target(*uplink)); !done) {
        pass_over(done.error());
    }
}

sdk::Result<void> Uplinks::submit(const Uplink& uplink, const std::shared_ptr<Courier>& courier,
                                  std::string target) {
    const auto& settings = service_.settings;
    auto application = settings.application.name_of(uplink);
    if (!application) return application.error();
    auto device = settings.device.name_of(uplink);
    if (!device) return device.error();
    Answer answer;
    answer.device = {std::move(*application), std::move(*device)};
    answer.device_eui = uplink.device_eui;
    answer.address = uplink.address;
    answer.target = std::move(target);
    answer.port = settings.command_port == 0 ? uplink.port : settings.command_port;
    answer.window = lora::window_after({uplink.modulation, uplink.data_rate}, settings.radio);
    answer.window.bytes = service_.downlinks->room(uplink.address, answer.window);
    answer.withheld = service_.downlinks->is_answered(uplink.address);
    const auto id = answer.device;
    sdk::Message status;
    status.device = id;
    status.sender = id;
    status.payload = uplink.payload;
    status.room = std::max(answer.window.bytes, 1U);
    status.pace = service_.downlinks->pace(answer.window);
    DownlinkReply reply(service_.downlinks, courier, service_.metrics.refusals, std::move(answer));
    service_.inbox.submit(status, reply);
    return {};
}

void Uplinks::pass_over(const sdk::Error& error) {
    service_.metrics.uplinks_unreadable.add();
    service_.host.log(sdk::LogLevel::Warning, "passed over an uplink: " + error.text);
}

}  // namespace ajour::lorawan

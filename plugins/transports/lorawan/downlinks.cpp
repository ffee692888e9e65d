// SPDX-License-Identifier: Apache-2.0
#include "downlinks.hpp"

#include <algorithm>
#include <utility>

namespace ajour::lorawan {

Downlinks::Downlinks(Service service)
    : network_(std::move(service.network)),
      metrics_(service.metrics),
      host_(service.host),
      inbox_(service.inbox),
      airtime_({service.allowance, service.metrics, service.host, std::move(service.clock),
                service.inbox}),
      open_(service.allowance.devices_max),
      rooms_(service.allowance.devices_max) {}

void Downlinks::send(const Answer& answer, sdk::ByteView command, Courier& courier) noexcept try {
    if (answer.withheld) return metrics_.commands_withheld.add();
    const auto at = airtime_.take(answer.device, answer.window, command.size());
    if (!at) return;
    open(answer, command.size(), *at);
    courier.send({answer.target, network().downlink_body(answer.device_eui, answer.port, command),
                  answer.address});
} catch (...) {  // without memory its device asks again
}

void Downlinks::open(const Answer& answer, std::size_t bytes, lora::AirBudget::Instant at) {
    const std::lock_guard lock(mutex_);
    open_.sent(answer.address, {answer.device, answer.window, bytes, answer.port, at});
}

bool Downlinks::is_answered(const std::string& address) {
    if (network().replaces()) return false;
    const std::lock_guard lock(mutex_);
    return open_.take(address);
}

std::uint32_t Downlinks::room(const std::string& address, const lora::Window& window) {
    const std::lock_guard lock(mutex_);
    return rooms_.room(address, window);
}

void Downlinks::settle(const sdk::Result<Fate>& fate) {
    if (!fate) {
        metrics_.fates_unreadable.add();
        return host_.log(sdk::LogLevel::Warning,
                         "passed over what became of a downlink: " + fate.error().text);
    }
    const auto downlink = close(*fate);
    if (!downlink) return metrics_.fates_other.add();
    if (fate->kind != Fate::Kind::Sent) tell(*fate, *downlink);
    count(*fate);
}

std::optional<OpenDownlink> Downlinks::close(const Fate& fate) {
    const std::lock_guard lock(mutex_);
    auto downlink = open_.settle(fate);
    if (downlink && fate.kind == Fate::Kind::Sent) rooms_.sent(fate.address);
    return downlink;
}

bool Downlinks::learn(const Fate& fate, const OpenDownlink& downlink) {
    if (fate.drop != sdk::Drop::TooLong || !fate.room) return false;
    const std::lock_guard lock(mutex_);
    return rooms_.refused(fate.address, downlink.window, *fate.room);
}

void Downlinks::count(const Fate& fate) {
    if (fate.kind == Fate::Kind::Sent) return metrics_.downlinks_sent.add();
    if (fate.kind == Fate::Kind::Postponed) return metrics_.downlinks_postponed.add();
    if (fate.drop == sdk::Drop::TooLong) return metrics_.downlinks_too_long.add();
    if (fate.drop == sdk::Drop::Gateway) return metrics_.downlinks_untransmitted.add();
    metrics_.downlinks_dropped.add();
}

/// One that is postponed goes on the air after all.
void Downlinks::tell(const Fate& fate, const OpenDownlink& downlink) {
    if (fate.kind == Fate::Kind::Dropped) {
        airtime_.give_back(downlink.device, downlink.window, downlink.bytes, downlink.at);
    }
    log(fate, downlink, learn(fate, downlink));
    inbox_.dropped(downlink.device, fate.drop);
}

void Downlinks::log(const Fate& fate, const OpenDownlink& downlink, bool shorter) {
    auto text = "the network server did not send a command of " + std::to_string(downlink.bytes) +
                " bytes for " + downlink.device.text() + ": " + fate.words;
    if (fate.room) text += "; " + std::to_string(*fate.room) + " bytes would fit";
    if (shorter) text += ", and the next ones have no more";
    host_.log(sdk::LogLevel::Warning, text);
}

}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
#include "downlinks.hpp"

#include "air_pace.hpp"
#include "air_time.hpp"

#include <utility>

namespace ajour::lorawan {
namespace {

using Bound = lora::AirBudget::Bound;

using Share = sdk::Delay::Share;

Share share_of(Bound bound) noexcept {
    if (bound == Bound::Device || bound == Bound::Never) return Share::Device;
    return bound == Bound::Application ? Share::Application : Share::Band;
}

const char* text_of(Bound bound) noexcept {
    if (bound == Bound::Device) return "the device";
    return bound == Bound::Application ? "the application" : "the band";
}

}  // namespace

Downlinks::Downlinks(Service service)
    : service_(std::move(service)),
      budget_(service_.allowance),
      waiting_(service_.allowance.devices_max) {}

void Downlinks::send(const Answer& answer, sdk::ByteView command, Courier& courier) noexcept try {
    if (answer.withheld) return service_.metrics.commands_withheld.add();
    if (!may_go(answer, command)) return;
    courier.send({answer.target, network().downlink_body(answer.device_eui, answer.port, command)});
} catch (...) {  // without memory its device asks again
}

bool Downlinks::may_go(const Answer& answer, sdk::ByteView command) {
    if (command.size() > answer.window.bytes) {
        service_.metrics.commands_too_long.add();
        service_.host.log(sdk::LogLevel::Warning,
                          "a command for " + answer.device.text() + " has " +
                              std::to_string(command.size()) + " bytes, expected at most " +
                              std::to_string(answer.window.bytes) + " at its data rate");
        return false;
    }
    const auto verdict = take_air_time(answer, command.size());
    if (!verdict) return false;
    if (verdict->bound == Bound::None) return true;
    say_when(answer, *verdict);
    tell(answer, *verdict);
    return false;
}

/// Nothing: it has ended.
std::optional<lora::AirBudget::Verdict> Downlinks::take_air_time(const Answer& answer,
                                                                 std::size_t bytes) {
    const auto time =
        lora::downlink_air_time(answer.window.modulation, static_cast<std::uint32_t>(bytes));
    using Band = lora::AirBudget::Band;
    const auto band = answer.window.is_second ? Band::Second : Band::First;
    const std::lock_guard lock(mutex_);
    if (ended_) return std::nullopt;
    const auto verdict = budget_.take(answer.device, time, service_.clock(), band);
    service_.metrics.airtime_devices.set(static_cast<std::int64_t>(budget_.devices()));
    if (verdict.bound != Bound::None) return verdict;
    service_.metrics.airtime.add(time.count() / 1000);
    if (!network().replaces()) waiting_.sent(answer.device_eui);
    return verdict;
}

void Downlinks::tell(const Answer& answer, const lora::AirBudget::Verdict& verdict) {
    sdk::Delay delay{share_of(verdict.bound), sdk::Delay::forever};
    if (verdict.bound != Bound::Never) {
        delay.time = std::chrono::ceil<std::chrono::seconds>(verdict.fits_at - service_.clock());
    }
    service_.inbox.delayed(answer.device, delay);
}

std::chrono::milliseconds Downlinks::pace(const lora::Window& window) const noexcept {
    return lora::pace_of(service_.allowance,
                         lora::downlink_air_time(window.modulation, window.bytes));
}

void Downlinks::say_when(const Answer& answer, const lora::AirBudget::Verdict& verdict) {
    service_.metrics.commands_without_airtime.add();
    if (verdict.bound == Bound::Never) {
        return service_.host.log(sdk::LogLevel::Warning,
                                 "a command for " + answer.device.text() +
                                     " takes more air time than an hour has for it");
    }
    using std::chrono::seconds;
    const auto wait = std::chrono::ceil<seconds>(verdict.fits_at - service_.clock());
    service_.host.log(sdk::LogLevel::Info, "a command for " + answer.device.text() +
                                               " waits for air time of " + text_of(verdict.bound) +
                                               ", " + std::to_string(wait.count()) + " s");
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

void Downlinks::end() noexcept {
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

}  // namespace ajour::lorawan

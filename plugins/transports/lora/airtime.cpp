// SPDX-License-Identifier: Apache-2.0
#include "airtime.hpp"

#include "air_pace.hpp"
#include "air_time.hpp"

#include <string>
#include <utility>

namespace ajour::lora {
namespace {

using Bound = AirBudget::Bound;
using Share = sdk::Delay::Share;

Share share_of(Bound bound) noexcept {
    if (bound == Bound::Device || bound == Bound::Never) return Share::Device;
    return bound == Bound::Application ? Share::Application : Share::Band;
}

const char* text_of(Bound bound) noexcept {
    if (bound == Bound::Device) return "the device";
    return bound == Bound::Application ? "the application" : "the band";
}

std::string command_for(const sdk::DeviceView& device) {
    return "a command for " + sdk::DeviceId(device).text();
}

AirBudget::Band band_of(const Window& window) noexcept {
    return window.is_second ? AirBudget::Band::Second : AirBudget::Band::First;
}

std::chrono::microseconds time_of(const Window& window, std::size_t bytes) noexcept {
    return downlink_air_time(window.modulation, static_cast<std::uint32_t>(bytes));
}

}  // namespace

Airtime::Airtime(Service service) : service_(std::move(service)), budget_(service_.allowance) {}

std::optional<AirBudget::Instant> Airtime::take(const sdk::DeviceView& device, const Window& window,
                                                std::size_t bytes) noexcept try {
    if (!fits(device, window, bytes)) return std::nullopt;
    const auto verdict = count(device, window, bytes);
    if (!verdict) return std::nullopt;
    if (verdict->bound == Bound::None) return verdict->fits_at;
    say_when(device, *verdict);
    tell(device, *verdict);
    return std::nullopt;
} catch (...) {  // without memory its device asks again
    return std::nullopt;
}

void Airtime::give_back(const sdk::DeviceView& device, const Window& window, std::size_t bytes,
                        AirBudget::Instant then) {
    const auto time = time_of(window, bytes);
    service_.metrics.airtime_returned.add(time.count() / 1000);
    const std::lock_guard lock(mutex_);
    budget_.give_back(device, time, then, band_of(window));
}

bool Airtime::fits(const sdk::DeviceView& device, const Window& window, std::size_t bytes) {
    if (bytes <= window.bytes) return true;
    service_.metrics.commands_too_long.add();
    service_.host.log(sdk::LogLevel::Warning,
                      command_for(device) + " has " + std::to_string(bytes) +
                          " bytes, expected at most " + std::to_string(window.bytes) +
                          " at its data rate");
    return false;
}

/// Nothing: it has ended.
std::optional<AirBudget::Verdict> Airtime::count(const sdk::DeviceView& device,
                                                 const Window& window, std::size_t bytes) {
    const auto time = time_of(window, bytes);
    const std::lock_guard lock(mutex_);
    if (ended_) return std::nullopt;
    const auto verdict = budget_.take(device, time, service_.clock(), band_of(window));
    service_.metrics.airtime_devices.set(static_cast<std::int64_t>(budget_.devices()));
    if (verdict.bound == Bound::None) service_.metrics.airtime.add(time.count() / 1000);
    return verdict;
}

void Airtime::say_when(const sdk::DeviceView& device, const AirBudget::Verdict& verdict) {
    service_.metrics.commands_without_airtime.add();
    if (verdict.bound == Bound::Never) {
        return service_.host.log(
            sdk::LogLevel::Warning,
            command_for(device) + " takes more air time than an hour has for it");
    }
    using std::chrono::seconds;
    const auto wait = std::chrono::ceil<seconds>(verdict.fits_at - service_.clock());
    service_.host.log(sdk::LogLevel::Info, command_for(device) + " waits for air time of " +
                                               text_of(verdict.bound) + ", " +
                                               std::to_string(wait.count()) + " s");
}

void Airtime::tell(const sdk::DeviceView& device, const AirBudget::Verdict& verdict) {
    sdk::Delay delay{share_of(verdict.bound), sdk::Delay::forever};
    if (verdict.bound != Bound::Never) {
        delay.time = std::chrono::ceil<std::chrono::seconds>(verdict.fits_at - service_.clock());
    }
    service_.inbox.delayed(device, delay);
}

std::chrono::milliseconds Airtime::pace(const Window& window) const noexcept {
    return pace_of(service_.allowance, time_of(window, window.bytes), band_of(window));
}

void Airtime::end() noexcept {
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

}  // namespace ajour::lora

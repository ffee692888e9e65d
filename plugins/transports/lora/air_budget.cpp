// SPDX-License-Identifier: Apache-2.0
#include "air_budget.hpp"

namespace ajour::lora {
namespace {

using std::chrono::microseconds;
using Bound = AirBudget::Bound;

/// Forgets those that used nothing of the last hour; no more than once a slot, as it looks at all.
template <typename Table>
void forget_idle(Table& table, AirBudget::Instant now, AirBudget::Instant& last) {
    if (last != AirBudget::Instant{} && now - last < AirMeter::slot) return;
    last = now;
    std::erase_if(table, [&](const auto& entry) {
        auto meter = entry.second;  // a copy may move to the present
        return meter.used(now).count() == 0;
    });
}

struct Check {
    Bound bound;
    microseconds allowed;
    AirMeter* meter;
};

/// What is not allowed; None when it is.
AirBudget::Verdict judge(const Check& check, microseconds time, AirBudget::Instant now) {
    if (check.allowed == microseconds::zero()) return {};
    if (time > check.allowed) return {Bound::Never, AirBudget::Instant::max()};
    if (check.meter == nullptr) return {check.bound, now + AirMeter::slot};
    const auto rest = check.allowed - time;
    if (check.meter->used(now) <= rest) return {};
    return {check.bound, check.meter->falls_to(now, rest)};
}

}  // namespace

AirBudget::Verdict AirBudget::take(const sdk::DeviceView& device, microseconds time, Instant now,
                                   Band band) {
    const bool own_band = band == Band::Second && allowance_.second_network;
    const Check checks[] = {
        {Bound::Network, own_band ? *allowance_.second_network : allowance_.network,
         own_band ? &second_network_ : &network_},
        {Bound::Application, allowance_.application, application_meter(device.application, now)},
        {Bound::Device, allowance_.device, device_meter(device, now)},
    };
    Verdict verdict;
    for (const auto& check : checks) {
        const auto judged = judge(check, time, now);
        if (judged.bound == Bound::None) continue;
        if (verdict.bound == Bound::None || judged.fits_at >= verdict.fits_at) verdict = judged;
    }
    if (verdict.bound != Bound::None) return verdict;
    for (const auto& check : checks) {
        if (check.meter != nullptr) check.meter->use(now, time);
    }
    return {Bound::None, now};
}

void AirBudget::give_back(const sdk::DeviceView& device, microseconds time, Instant then,
                          Band band) {
    const bool own_band = band == Band::Second && allowance_.second_network;
    (own_band ? second_network_ : network_).give_back(then, time);
    if (const auto found = devices_.find(device); found != devices_.end()) {
        found->second.give_back(then, time);
    }
    const auto found = applications_.find(device.application);
    if (found != applications_.end()) found->second.give_back(then, time);
}

AirMeter* AirBudget::device_meter(const sdk::DeviceView& device, Instant now) {
    if (allowance_.device == microseconds::zero()) return nullptr;
    if (const auto found = devices_.find(device); found != devices_.end()) return &found->second;
    if (devices_.size() >= allowance_.devices_max) forget_idle(devices_, now, cleared_devices_);
    if (devices_.size() >= allowance_.devices_max) return nullptr;
    return &devices_[sdk::DeviceId(device)];
}

AirMeter* AirBudget::application_meter(std::string_view application, Instant now) {
    if (allowance_.application == microseconds::zero()) return nullptr;
    const auto found = applications_.find(application);
    if (found != applications_.end()) return &found->second;
    if (applications_.size() >= allowance_.applications_max) {
        forget_idle(applications_, now, cleared_applications_);
    }
    if (applications_.size() >= allowance_.applications_max) return nullptr;
    return &applications_[std::string(application)];
}

}  // namespace ajour::lora

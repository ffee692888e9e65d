// SPDX-License-Identifier: Apache-2.0
#include "air_meter.hpp"

#include <algorithm>
#include <numeric>

namespace ajour::lora {
namespace {

std::int64_t slot_of(AirMeter::Instant now) noexcept {
    return std::max<std::int64_t>(now.time_since_epoch() / AirMeter::slot, 0);
}

}  // namespace

void AirMeter::move_to(Instant now) noexcept {
    const auto number = slot_of(now);
    if (number - number_ >= static_cast<std::int64_t>(slots)) used_.fill(0);
    while (number_ < number && number - number_ < static_cast<std::int64_t>(slots)) {
        used_[static_cast<std::size_t>(++number_) % slots] = 0;
    }
    number_ = std::max(number_, number);
}

std::chrono::microseconds AirMeter::used(Instant now) noexcept {
    move_to(now);
    return std::chrono::microseconds(std::accumulate(used_.begin(), used_.end(), std::int64_t{0}));
}

void AirMeter::use(Instant now, std::chrono::microseconds time) noexcept {
    move_to(now);
    used_[static_cast<std::size_t>(number_) % slots] += time.count();
}

void AirMeter::give_back(Instant then, std::chrono::microseconds time) noexcept {
    const auto number = slot_of(then);
    if (number > number_ || number_ - number >= static_cast<std::int64_t>(slots)) return;
    auto& used = used_[static_cast<std::size_t>(number) % slots];
    used = std::max<std::int64_t>(used - time.count(), 0);
}

AirMeter::Instant AirMeter::falls_to(Instant now, std::chrono::microseconds rest) noexcept {
    auto left = used(now);
    if (left <= rest) return now;
    for (std::size_t age = 1; age <= slots; ++age) {
        const auto oldest = static_cast<std::size_t>(number_) + age;
        left -= std::chrono::microseconds(used_[oldest % slots]);
        if (left <= rest) return Instant(slot * static_cast<std::int64_t>(oldest));
    }
    return Instant(slot * (number_ + static_cast<std::int64_t>(slots)));
}

}  // namespace ajour::lora

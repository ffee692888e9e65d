// SPDX-License-Identifier: Apache-2.0
#include "fleet/change.hpp"

#include <algorithm>
#include <utility>

namespace ajour::fleet {
namespace {

std::uint32_t bytes_left(const Reported& reported) noexcept {
    return reported.updating ? reported.size - std::min(reported.offset, reported.size) : 0;
}

}  // namespace

Update update_of(const Device& device, work::Instant now) {
    return {device.id.device, device.reported.offset, device.reported.size,
            foresee(device.pace, bytes_left(device.reported), now)};
}

Change take_change(Device& device, work::Instant now) {
    auto standing = device.supply ? device.supply->standing() : nullptr;
    const auto news = take_news(device.told, device.reported, standing.get());
    const bool report = std::exchange(device.report_due, false);
    const bool flight = std::exchange(device.flight_due, false);
    device.news_due = false;
    device.next_due = nullptr;
    return {device.id,
            report,
            device.reported,
            device.supply,
            device.problem_text(),
            flight,
            device.flight,
            std::move(standing),
            news,
            foresee(device.pace, bytes_left(device.reported), now)};
}

}  // namespace ajour::fleet

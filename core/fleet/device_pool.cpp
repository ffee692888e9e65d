// SPDX-License-Identifier: Apache-2.0
#include "fleet/device_pool.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace ajour::fleet {

namespace {

constexpr std::size_t smallest_piece = 64;  // devices
constexpr std::size_t largest_piece = std::size_t{16} << 10;

}  // namespace

Device* DevicePool::make() {
    Place* place = take();
    return new (place->room) Device();
}

void DevicePool::give_back(Device* device) noexcept {
    device->~Device();
    auto* place = reinterpret_cast<Place*>(device);
    const std::lock_guard lock(mutex_);
    place->next = free_;
    free_ = place;
}

DevicePool::Place* DevicePool::take() {
    const std::lock_guard lock(mutex_);
    if (free_ != nullptr) return std::exchange(free_, free_->next);
    if (pieces_.empty() || used_ == pieces_.back().size()) add_piece();
    return &pieces_.back()[used_++];
}

/// Each piece is twice as large as the one before, so that a small fleet costs little.
void DevicePool::add_piece() {
    const auto before = pieces_.empty() ? smallest_piece / 2 : pieces_.back().size();
    pieces_.emplace_back(std::min(2 * before, largest_piece));
    used_ = 0;
}

}  // namespace ajour::fleet

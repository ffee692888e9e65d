// SPDX-License-Identifier: Apache-2.0
#include "fleet/devices.hpp"

namespace ajour::fleet {

Devices::Devices(std::size_t max, sdk::Metric& count) : max_(max), count_(count) {
    for (std::size_t i = 0; i < shard_count; ++i) shards_.emplace_back(pool_);
}

/// Null when there is no room.
Device* Devices::make(Shard& shard, const sdk::DeviceId& device, DeviceTable::Hash hash) {
    if (!make_room(shard)) return nullptr;
    auto& made = shard.devices.insert(device, hash);
    size_.fetch_add(1, std::memory_order_relaxed);
    count_.add();
    return &made;
}

bool Devices::make_room(Shard& shard) {
    if (size() < max_ || shard.devices.size() == 0) return true;
    for (std::size_t tried = 0; tried < 2 * shard.devices.places(); ++tried) {
        auto* device = shard.devices.at(shard.hand++);
        if (device == nullptr || device->is_listed()) continue;
        if (std::exchange(device->seen, false)) continue;
        shard.devices.erase(*device, sdk::DeviceHash()(device->id));
        size_.fetch_sub(1, std::memory_order_relaxed);
        count_.add(-1);
        return true;
    }
    return false;
}

void Devices::list(Device& device) {
    device.next_due = std::exchange(shard_of(sdk::DeviceHash()(device.id)).listed, &device);
}

void Devices::expect(const sdk::DeviceView& device) {
    const auto hash = sdk::DeviceHash()(device);
    auto& shard = shard_of(hash);
    const std::lock_guard lock(shard.mutex);
    shard.devices.prefetch_place(hash);
}

void Devices::approach(const sdk::DeviceView& device) {
    const auto hash = sdk::DeviceHash()(device);
    auto& shard = shard_of(hash);
    const std::lock_guard lock(shard.mutex);
    shard.devices.prefetch_device(hash);
}

}  // namespace ajour::fleet

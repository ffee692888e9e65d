// SPDX-License-Identifier: Apache-2.0
#include "fleet/device_table.hpp"

#include <utility>

namespace ajour::fleet {

namespace {

constexpr std::size_t smallest = 16;
constexpr std::size_t cache_line = 64;
constexpr std::size_t touched_by_a_turn = 6 * cache_line;
static_assert(sizeof(Device) <= touched_by_a_turn, "what a turn touches has grown");

void prefetch_lines(const Device* device) noexcept {
    const auto* bytes = reinterpret_cast<const char*>(device);
    for (std::size_t at = 0; at < touched_by_a_turn; at += cache_line) {
        __builtin_prefetch(bytes + at, 1);
    }
}

}  // namespace

Device* DeviceTable::find(const sdk::DeviceView& id, Hash hash) const noexcept {
    if (size_ == 0) return nullptr;
    const auto wanted = short_of(hash);
    for (auto place = home(wanted); slots_[place].device != nullptr; place = after(place)) {
        const auto& slot = slots_[place];
        if (slot.hash == wanted && sdk::DeviceView(slot.device->id) == id) return slot.device;
    }
    return nullptr;
}

DeviceTable::~DeviceTable() {
    for (const auto& slot : slots_) {
        if (slot.device != nullptr) pool_.give_back(slot.device);
    }
}

void DeviceTable::prefetch_place(Hash hash) const noexcept {
    if (size_ > 0) __builtin_prefetch(&slots_[home(short_of(hash))]);
}

void DeviceTable::prefetch_device(Hash hash) const noexcept {
    if (size_ == 0) return;
    const auto wanted = short_of(hash);
    for (auto place = home(wanted); slots_[place].device != nullptr; place = after(place)) {
        if (slots_[place].hash == wanted) return prefetch_lines(slots_[place].device);
    }
}

Device& DeviceTable::insert(const sdk::DeviceId& id, Hash hash) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    auto* device = pool_.make();
    device->id = id;
    put({device, short_of(hash)});
    ++size_;
    return *device;
}

void DeviceTable::erase(const Device& device, Hash hash) noexcept {
    for (auto place = home(short_of(hash)); slots_[place].device != nullptr; place = after(place)) {
        if (slots_[place].device != &device) continue;
        pool_.give_back(std::exchange(slots_[place].device, nullptr));
        --size_;
        return close_gap(place);
    }
}

Device* DeviceTable::at(std::size_t place) const noexcept {
    return slots_.empty() ? nullptr : slots_[place & (slots_.size() - 1)].device;
}

void DeviceTable::grow() {
    Slots before(slots_.empty() ? smallest : 2 * slots_.size());
    before.swap(slots_);
    for (const auto& slot : before) {
        if (slot.device != nullptr) put(slot);
    }
}

void DeviceTable::put(const Slot& slot) noexcept {
    auto place = home(slot.hash);
    while (slots_[place].device != nullptr) place = after(place);
    slots_[place] = slot;
}

/// Moves those back who would not be found over the gap.
void DeviceTable::close_gap(std::size_t gap) noexcept {
    for (auto place = after(gap); slots_[place].device != nullptr; place = after(place)) {
        const auto distance_home = (place - home(slots_[place].hash)) & (slots_.size() - 1);
        const auto distance_gap = (place - gap) & (slots_.size() - 1);
        if (distance_home < distance_gap) continue;
        slots_[gap] = std::exchange(slots_[place], Slot());
        gap = place;
    }
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Devices by name. Open addressing over short hashes: a look-up reads one place to find a device
// and one to be sure, however many there are, and can say so beforehand. Knows nothing of locks,
// age or eviction.
#pragma once

#include <ajour/sdk/device.hpp>

#include "fleet/device.hpp"
#include "fleet/device_pool.hpp"
#include "fleet/large_pages.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ajour::fleet {

class DeviceTable {
public:
    /// The hash that all functions here want, of at least 38 good bits.
    using Hash = std::uint64_t;

    /// The pool outlives the table.
    explicit DeviceTable(DevicePool& pool) : pool_(pool) {}
    ~DeviceTable();
    DeviceTable(const DeviceTable&) = delete;
    DeviceTable& operator=(const DeviceTable&) = delete;

    /// Null when it is not there.
    Device* find(const sdk::DeviceView& id, Hash hash) const noexcept;

    /// Begins to bring near what says where a device is, then, some 100 ns later, the device
    /// itself.
    void prefetch_place(Hash hash) const noexcept;
    void prefetch_device(Hash hash) const noexcept;

    /// A new device; there must be none of that name. Where others are stays.
    Device& insert(const sdk::DeviceId& id, Hash hash);

    /// The device is gone after.
    void erase(const Device& device, Hash hash) noexcept;

    std::size_t size() const noexcept { return size_; }

    /// The device at a place, or null; places go round, so that any number is one.
    Device* at(std::size_t place) const noexcept;
    std::size_t places() const noexcept { return slots_.size(); }

private:
    struct Slot {
        Device* device = nullptr;
        std::uint32_t hash = 0;
    };
    using Slots = std::vector<Slot, LargePageAllocator<Slot>>;

    static std::uint32_t short_of(Hash hash) noexcept {
        return static_cast<std::uint32_t>(hash >> 6);
    }
    std::size_t home(std::uint32_t hash) const noexcept { return hash & (slots_.size() - 1); }
    std::size_t after(std::size_t place) const noexcept {
        return (place + 1) & (slots_.size() - 1);
    }
    void grow();
    void put(const Slot& slot) noexcept;
    void close_gap(std::size_t gap) noexcept;

    DevicePool& pool_;
    Slots slots_;  // a power of two, at most three quarters used
    std::size_t size_ = 0;
};

}  // namespace ajour::fleet

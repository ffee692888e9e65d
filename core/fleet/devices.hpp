// SPDX-License-Identifier: Apache-2.0
// The devices in memory, in shards that each have a lock: found by name, walked through, listed
// when something is due. Bounded: those not heard of for longest go first. Knows nothing of what a
// device means.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/host.hpp>

#include "fleet/device.hpp"
#include "fleet/device_pool.hpp"
#include "fleet/device_table.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace ajour::fleet {

/// Thread-safe. Visitors run under the lock of a shard, so they must not wait, log or call a
/// plugin, nor visit another device.
class Devices {
public:
    Devices(std::size_t max, sdk::Metric& count);

    /// Calls `visitor(Device*)`, and gives what it gives; null when the device is not in memory.
    /// [any]
    template <typename Visitor>
    auto visit(const sdk::DeviceView& device, Visitor&& visitor) {
        const auto hash = sdk::DeviceHash()(device);
        auto& shard = shard_of(hash);
        const std::lock_guard lock(shard.mutex);
        auto* found = shard.devices.find(device, hash);
        if (found != nullptr) found->seen = true;
        return visitor(found);
    }

    /// Calls `visitor(Device&, bool is_new)`; false, without a call, when the device is not there
    /// and there is no room. [worker]
    template <typename Visitor>
    bool visit_or_make(const sdk::DeviceId& device, Visitor&& visitor) {
        const auto hash = sdk::DeviceHash()(device);
        auto& shard = shard_of(hash);
        const std::lock_guard lock(shard.mutex);
        auto* found = shard.devices.find(device, hash);
        const bool is_new = found == nullptr;
        if (is_new) found = make(shard, device, hash);
        if (found == nullptr) return false;
        visitor(*found, is_new);
        return true;
    }

    /// Calls `visitor(Device&)` for each. [any]
    template <typename Visitor>
    void visit_all(Visitor&& visitor) {
        for (auto& shard : shards_) visit_shard(shard, visitor);
    }

    /// The same for a part of them, another one at each call. [any]
    template <typename Visitor>
    void visit_next_part(Visitor&& visitor) {
        visit_shard(shards_[next_part_.fetch_add(1) % shard_count], visitor);
    }

    /// Where a walk over all devices is.
    struct Walk {
        std::size_t shard = 0, place = 0;
        bool ended = false;
    };
    /// Calls `visitor(const Device&)` for some devices more. Holds up one shard for some
    /// microseconds. [any]
    template <typename Visitor>
    void visit_some(Walk& walk, Visitor&& visitor) const {
        constexpr std::size_t at_once = 4096;
        const auto& shard = shards_[walk.shard];
        const std::lock_guard lock(shard.mutex);
        const auto end = std::min(walk.place + at_once, shard.devices.places());
        for (; walk.place < end; ++walk.place) {
            if (const Device* device = shard.devices.at(walk.place)) visitor(*device);
        }
        if (walk.place < shard.devices.places()) return;
        walk.place = 0;
        walk.ended = ++walk.shard == shard_count;
    }

    /// Puts a device that is being visited into the list of those of which something is due. It
    /// stays in memory while it `is_listed`. Allocates nothing.
    void list(Device& device);

    /// Takes at most `max` devices out of that list, and calls `visitor(Device&)`, after which none
    /// is listed. [worker]
    template <typename Visitor>
    void take_listed(std::size_t max, Visitor&& visitor) {
        for (auto& shard : shards_) {
            const std::lock_guard lock(shard.mutex);
            for (; shard.listed != nullptr && max > 0; --max) {
                visitor(*std::exchange(shard.listed, shard.listed->next_due));
            }
        }
    }

    /// See Fleet. [any]
    void expect(const sdk::DeviceView& device);
    void approach(const sdk::DeviceView& device);

    std::size_t size() const { return size_.load(std::memory_order_relaxed); }

private:
    struct alignas(64) Shard {
        explicit Shard(DevicePool& pool) : devices(pool) {}
        mutable std::mutex mutex;  // guards all below
        DeviceTable devices;
        Device* listed = nullptr;  // the first of a list, so that a turn allocates nothing
        std::size_t hand = 0;      // the place at which the eviction goes on
    };
    static constexpr std::size_t shard_count = 16;

    Shard& shard_of(DeviceTable::Hash hash) { return shards_[hash % shard_count]; }

    template <typename Visitor>
    static void visit_shard(Shard& shard, Visitor& visitor) {
        const std::lock_guard lock(shard.mutex);
        for (std::size_t place = 0; place < shard.devices.places(); ++place) {
            if (auto* device = shard.devices.at(place)) visitor(*device);
        }
    }
    Device* make(Shard& shard, const sdk::DeviceId& device, DeviceTable::Hash hash);
    bool make_room(Shard& shard);

    const std::size_t max_;
    sdk::Metric& count_;
    DevicePool pool_;
    std::deque<Shard> shards_;
    std::atomic<std::size_t> size_{0};
    std::atomic<std::size_t> next_part_{0};  // which shard
};

}  // namespace ajour::fleet

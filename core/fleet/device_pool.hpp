// SPDX-License-Identifier: Apache-2.0
// Memory for devices, side by side in large pieces. What was given back is used again; pieces stay
// until the end.
#pragma once

#include "fleet/device.hpp"
#include "fleet/large_pages.hpp"

#include <cstddef>
#include <mutex>
#include <vector>

namespace ajour::fleet {

/// Thread-safe.
class DevicePool {
public:
    DevicePool() = default;
    DevicePool(const DevicePool&) = delete;
    DevicePool& operator=(const DevicePool&) = delete;

    /// A new device, to be given back before the pool goes. Throws std::bad_alloc.
    Device* make();
    void give_back(Device* device) noexcept;

private:
    union Place {  // one device, or the way to the next free place
        Place* next;
        alignas(64) std::byte room[sizeof(Device)];
    };
    using Piece = std::vector<Place, LargePageAllocator<Place>>;

    Place* take();
    void add_piece();

    std::mutex mutex_;  // guards all below
    std::vector<Piece> pieces_;
    std::size_t used_ = 0;   // of the last piece
    Place* free_ = nullptr;  // the first that was given back
};

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Objects that somebody says have changed, until they are asked for. Bounded. [any]
#pragma once

#include <ajour/sdk/device.hpp>

#include "metrics.hpp"

#include <cstddef>
#include <mutex>
#include <optional>
#include <set>

namespace ajour::drogue_registry {

class Tips {
public:
    Tips(std::size_t max, Metrics& metrics) : max_(max), metrics_(metrics) {}

    /// False: no room; what it is about is found by looking through. Several of one object are one.
    bool put(const sdk::DeviceId& object);
    std::optional<sdk::DeviceId> take();
    bool is_empty() const;

private:
    void count();

    const std::size_t max_;
    Metrics& metrics_;
    mutable std::mutex mutex_;  // guards waiting_
    std::set<sdk::DeviceId> waiting_;
};

}  // namespace ajour::drogue_registry

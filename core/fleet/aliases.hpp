// SPDX-License-Identifier: Apache-2.0
// Which device is meant by another name of its own, so that one that always speaks under an alias
// costs no look-up per turn. Bounded: when it is full, nothing more is remembered until some age.
#pragma once

#include <ajour/sdk/device.hpp>

#include "work/clock.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace ajour::fleet {

/// Thread-safe.
class Aliases {
public:
    Aliases(const work::Clock& clock, std::chrono::milliseconds fresh, std::size_t max)
        : clock_(clock), fresh_(fresh), max_(max) {}

    void remember(const sdk::DeviceId& alias, const sdk::DeviceId& own);

    /// The device's own name; nothing when `alias` is none, or was looked up too long ago.
    std::optional<sdk::DeviceId> own_name(const sdk::DeviceView& alias) const;

    /// The same, however long ago it was looked up.
    std::optional<sdk::DeviceId> former_name(const sdk::DeviceView& alias) const;

    void forget(const sdk::DeviceView& alias);

    /// Those of all devices of an application, also when its own name was another one.
    void forget_application(std::string_view own);

private:
    struct Entry {
        sdk::DeviceId own;
        work::Instant until{};
    };

    const work::Clock& clock_;
    const std::chrono::milliseconds fresh_;
    const std::size_t max_;
    mutable std::mutex mutex_;  // guards all below
    std::unordered_map<sdk::DeviceId, Entry, sdk::DeviceHash, sdk::DeviceEqual> entries_;
    work::Instant swept_{};  // when those too old were last looked for
};

}  // namespace ajour::fleet

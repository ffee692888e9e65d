// SPDX-License-Identifier: Apache-2.0
// The pre-shared keys of devices that begin to speak, asked for once and remembered for a while.
// Bounded: when it is full, all are asked for again.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/transport.hpp>

#include "digest/credential_tag.hpp"
#include "fleet/lookup.hpp"
#include "fleet/profile.hpp"
#include "work/clock.hpp"
#include "work/crew.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace ajour::fleet {

/// Thread-safe.
class Keys {
public:
    struct Parts {
        Lookup& lookup;
        work::Crew& crew;  ///< threads that may wait for the registry
        const work::Clock& clock;
        const digest::CredentialTag& tags;
        const std::atomic<std::uint64_t>& changes;  ///< what is older than the last is not kept
    };

    Keys(Parts parts, std::chrono::milliseconds fresh) : parts_(parts), fresh_(fresh) {}

    /// Unavailable while the registry is asked. [any]
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device);

    /// [any]
    void forget(const sdk::DeviceView& device) noexcept;
    void forget_all() noexcept;

private:
    struct Known {
        sdk::Result<sdk::DeviceKey> key;
        work::Instant until{};
    };
    void look_up(const sdk::DeviceId& asked);
    Known key_of(const Profile& profile) const;
    void remember(const sdk::DeviceId& asked, Known known, std::uint64_t as_of);

    Parts parts_;
    const std::chrono::milliseconds fresh_;
    std::mutex mutex_;  // guards all below
    std::unordered_map<sdk::DeviceId, Known, sdk::DeviceHash, sdk::DeviceEqual> known_;
};

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Whether a device may log in at a broker, which asks with the credential that it was shown. Judges
// as a status of the device would be judged, by the same registry, memory and brake.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "exchange/refusals.hpp"
#include "fleet/fleet.hpp"
#include "work/clock.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ajour::exchange {

/// Thread-safe.
class Logins {
public:
    struct Counts {
        sdk::Metric& asked;
        sdk::Metric& refused;
        sdk::Metric& throttled;
        sdk::Metric& failed;
        sdk::Metric& full;
    };
    struct Parts {
        fleet::Fleet& fleet;
        Refusals& refusals;
        const work::Clock& clock;
    };

    /// `checks_max`: how many may wait for the registry at once.
    Logins(Parts parts, std::size_t checks_max, Counts counts)
        : parts_(parts), checks_max_(checks_max), counts_(counts) {}

    /// The message has no payload; its sender is who logs in. Refused or NotFound; Throttled; Full;
    /// or the registry's error, while which a device that was admitted before goes on. [worker]
    sdk::Result<void> check(const sdk::Message& message);

private:
    enum class Memory : std::uint8_t { No, Aged, Fresh };

    Memory remembers(const sdk::Message& message) const;
    Memory remembers(const sdk::DeviceView& device, const digest::CredentialTag::Tag& tag) const;
    sdk::Result<void> ask_registry(const sdk::Message& message, bool was_admitted);

    Parts parts_;
    const std::size_t checks_max_;
    Counts counts_;
    std::atomic<std::size_t> checks_{0};
};

}  // namespace ajour::exchange

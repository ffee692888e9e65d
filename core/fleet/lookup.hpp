// SPDX-License-Identifier: Apache-2.0
// Asks the registry who a device is, counts that, and says once that the registry fails.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/transport.hpp>

#include "fleet/profile.hpp"
#include "work/notices.hpp"

#include <atomic>

namespace ajour::fleet {

class Lookup {
public:
    struct Counts {
        sdk::Metric& looked_up;
        sdk::Metric& failed;
    };

    /// Without `notices` it says nothing.
    Lookup(sdk::RegistryPort& registry, Counts counts, work::Notices* notices)
        : registry_(registry), counts_(counts), notices_(notices) {}

    /// By the device's own name or another one. NotFound, or the registry's error. [worker]
    sdk::Result<Profile> profile(const sdk::DeviceId& device);

    /// Of who sent the message. Who shows a certificate is who that says, under its subject's whole
    /// name or its common name. [worker]
    sdk::Result<Profile> sender(const sdk::Message& message);

private:
    void watch(const sdk::Error* failure);

    sdk::RegistryPort& registry_;
    Counts counts_;
    work::Notices* notices_;
    std::atomic<bool> fails_{false};
};

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/builder.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/source.hpp>
#include <ajour/sdk/testing/recording_inbox.hpp>

#include <atomic>

namespace ajour::sdk::contract {

/// Counts what a registry says has changed. [any]
class CountingChanges final : public Changes {
public:
    void device_changed(const DeviceView&) noexcept override { ++devices; }
    void application_changed(std::string_view) noexcept override { ++applications; }

    std::atomic<int> devices{0}, applications{0};
};

/// What the host hands to a plugin at its start, whatever its kind.
struct Surroundings {
    RecordingInbox inbox;
    CountingChanges changes;

    Result<void> start(TransportPort& transport) { return transport.try_start(inbox); }
    Result<void> start(RegistryPort& registry) { return registry.try_start(changes); }
    Result<void> start(SourcePort& source) { return source.try_start(); }
    Result<void> start(BuilderPort& builder) { return builder.try_start(); }
};

}  // namespace ajour::sdk::contract

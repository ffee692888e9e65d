// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ajour::sdk {

/// What a registry knows of a device: the two objects of Drogue Cloud's registry API
/// (`{"metadata":{..},"spec":{..},"status":{..}}`) as JSON text. The host reads target,
/// credentials, gateways, labels and the disabled switch out of them, so that each of these has one
/// meaning only.
struct DeviceRecord {
    std::string application;
    std::string device;
};

/// One entry of `status.firmware.conditions`.
struct Condition {
    enum class Status : std::uint8_t { False, True, Unknown };
    std::string type;  ///< InSync, UpdateProgress, Warning
    Status status = Status::Unknown;
    std::string reason;   ///< one word, or empty
    std::string message;  ///< for people; of UpdateProgress, a number with two decimals
    std::chrono::system_clock::time_point
        at;  ///< when it was found; the transition time if `status` changed
};

/// A device's `status.firmware`, whole: it takes the place of what was there.
struct Report {
    DeviceId device;
    std::string current;  ///< version as text; "Unknown" when it is not UTF-8
    std::string target;   ///< likewise; "Unknown" when there is none
    std::vector<Condition> conditions;
};

/// How a registry says that something changed before the host's memory of it has aged. [any]
class Changes {
public:
    virtual ~Changes() = default;
    virtual void device_changed(const DeviceView& device) noexcept = 0;
    /// The application's own object, and with it possibly each of its devices.
    virtual void application_changed(std::string_view application) noexcept = 0;
};

/// A registry as the host calls it; nothing here throws. Authors derive from Registry.
class RegistryPort {
public:
    virtual ~RegistryPort() = default;
    [[nodiscard]] virtual Result<void> try_start(Changes& changes) noexcept = 0;
    virtual void try_stop() noexcept = 0;
    [[nodiscard]] virtual Result<DeviceRecord> try_look_up(const DeviceId& device) noexcept = 0;
    [[nodiscard]] virtual Result<void> try_report(std::span<const Report> reports) noexcept = 0;
    virtual PeriodicPort* periodic() noexcept = 0;
    virtual HookPort* hook() noexcept = 0;
    virtual ReloadablePort* reloadable() noexcept = 0;
};

/// Knows the devices and what each should run. The embedded one is the host's own. What its methods
/// throw becomes an Error.
class Registry : public RegistryPort {
public:
    static constexpr const char* kind = "registry";
    using Port = RegistryPort;

    /// Returns quickly; `changes` outlives the registry's running. An Error ends the host's
    /// start-up. [main]
    virtual Result<void> start(Changes& changes) = 0;
    /// Safe without start, safe twice. Workers' calls may be under way still: they end soon. [main]
    virtual void stop() = 0;

    /// The device by name, alias or unique user name; NotFound when there is none. [worker]
    virtual Result<DeviceRecord> look_up(const DeviceId& device) = 0;

    /// Stores what devices reported: at most one report per device, only ones that changed. An
    /// Error makes the host keep them, newest first to go when it is full, and try again. [worker]
    virtual Result<void> report(std::span<const Report> reports) = 0;

    Periodic* periodic() noexcept override { return nullptr; }
    Hook* hook() noexcept override { return nullptr; }
    Reloadable* reloadable() noexcept override { return nullptr; }

    Result<void> try_start(Changes& changes) noexcept final {
        return guarded([&] { return start(changes); });
    }
    void try_stop() noexcept final {
        (void)guarded([&] { return stop(), Result<void>(); });
    }
    Result<DeviceRecord> try_look_up(const DeviceId& device) noexcept final {
        return guarded([&] { return look_up(device); });
    }
    Result<void> try_report(std::span<const Report> reports) noexcept final {
        return guarded([&] { return report(reports); });
    }
};

}  // namespace ajour::sdk

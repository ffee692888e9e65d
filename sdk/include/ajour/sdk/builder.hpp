// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/device.hpp>
#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ajour::sdk {

/// What should be built, from `spec.firmware.container.build`. Every text is hostile until checked.
struct BuildRequest {
    std::string key;  ///< names this very request: the same key again begins nothing new
    DeviceId owner;   ///< the application, and the device when the build is one device's own
    std::string git_uri, git_project, git_revision;
    std::string builder_image;
    std::string image;  ///< where the result goes
    std::string artifact_path;
    std::vector<std::string> arguments;
    std::map<std::string, std::vector<std::string>> environment;
    std::chrono::seconds timeout{3600};
};

/// The builder's own name of a build; unique within the builder.
using BuildId = std::string;

/// How a build is going.
struct BuildState {
    enum class Phase : std::uint8_t { Queued, Running, Succeeded, Failed, Cancelled };
    Phase phase = Phase::Queued;
    std::string reason;   ///< one word of the builder's: "Succeeded", "PipelineRunTimeout"
    std::string message;  ///< for people
    std::string version;  ///< of the release it made; empty until then
    std::optional<std::chrono::system_clock::time_point> started, completed;
};

/// A builder as the host calls it; nothing here throws. Authors derive from Builder.
class BuilderPort {
public:
    virtual ~BuilderPort() = default;
    [[nodiscard]] virtual Result<void> try_start() noexcept = 0;
    virtual void try_stop() noexcept = 0;
    [[nodiscard]] virtual Result<BuildId> try_begin(const BuildRequest& request) noexcept = 0;
    [[nodiscard]] virtual Result<BuildState> try_look(const BuildId& build) noexcept = 0;
    [[nodiscard]] virtual Result<void> try_log(const BuildId& build, ByteSink& sink,
                                               std::uint64_t from) noexcept = 0;
    [[nodiscard]] virtual Result<void> try_cancel(const BuildId& build) noexcept = 0;
    virtual PeriodicPort* periodic() noexcept = 0;
    virtual HookPort* hook() noexcept = 0;
    virtual ReloadablePort* reloadable() noexcept = 0;
};

/// Turns source code into releases. What its methods throw becomes an Error.
class Builder : public BuilderPort {
public:
    static constexpr const char* kind = "builder";
    using Port = BuilderPort;

    virtual Result<void> start() { return {}; }  ///< [main] returns quickly
    virtual void stop() {}                       ///< [main] safe without start, safe twice

    /// Begins a build, or finds the one that the same key began. [worker]
    virtual Result<BuildId> begin(const BuildRequest& request) = 0;
    /// How it is going; NotFound when the builder no longer knows it. [worker]
    virtual Result<BuildState> look(const BuildId& build) = 0;
    /// What it printed, in order from byte `from`, as far as there is anything now. [worker]
    virtual Result<void> log(const BuildId& build, ByteSink& sink, std::uint64_t from) = 0;
    /// Ends it; success when it had ended already. [worker]
    virtual Result<void> cancel(const BuildId& build) = 0;

    Periodic* periodic() noexcept override { return nullptr; }
    Hook* hook() noexcept override { return nullptr; }
    Reloadable* reloadable() noexcept override { return nullptr; }

    Result<void> try_start() noexcept final {
        return guarded([&] { return start(); });
    }
    void try_stop() noexcept final {
        (void)guarded([&] { return stop(), Result<void>(); });
    }
    Result<BuildId> try_begin(const BuildRequest& request) noexcept final {
        return guarded([&] { return begin(request); });
    }
    Result<BuildState> try_look(const BuildId& build) noexcept final {
        return guarded([&] { return look(build); });
    }
    Result<void> try_log(const BuildId& build, ByteSink& sink, std::uint64_t from) noexcept final {
        return guarded([&] { return log(build, sink, from); });
    }
    Result<void> try_cancel(const BuildId& build) noexcept final {
        return guarded([&] { return cancel(build); });
    }
};

}  // namespace ajour::sdk

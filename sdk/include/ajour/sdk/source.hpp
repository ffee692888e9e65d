// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/device.hpp>
#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ajour::sdk {

/// What a source is asked for.
struct ResolveRequest {
    Target target;
    DeviceId device;  ///< who asks; of an application's shared target, whoever asked first
    std::string current_version;  ///< what that device runs, as it reported; may be empty
    std::map<std::string, std::string> labels;  ///< of the device, as the registry has them
};

/// What became of an offer at one device, told to sources that report on (hawkBit's feedback). Each
/// event comes once for a device and an offer (progress of a later tenth stands for the earlier
/// ones), but again after a restart of the host, which does not remember what it told.
struct Observation {
    enum class Event : std::uint8_t {
        Progress,  ///< `offset` of `size` bytes were taken: the first block, then in steps of about
                   ///< 10 %
        Received,  ///< all bytes were taken, and the swap was commanded
        InSync,    ///< the device reports that it runs `version`
        Reverted,  ///< the device came back from its swap with the old version
        Failed,    ///< the offer could not be fetched or verified; `detail` says why. An earlier
                   ///< release may be served on
    };
    Event event = Event::Progress;
    DeviceId device;
    Target target;
    std::string assignment;  ///< as in the Offer
    std::string version;     ///< of the offer
    std::uint64_t offset = 0, size = 0;
    std::string detail;
    std::chrono::system_clock::time_point at;
};

/// What the host must know of a source before it asks it anything.
struct SourceTraits {
    /// The keys under `spec.firmware` that this source serves, {"container", "oci"}; unique over
    /// all sources.
    std::vector<std::string> keys;
    /// Each device gets its own answer, instead of one for all devices with the same target.
    bool per_device = false;
    /// Wants `observe` to be called.
    bool observes = false;
    /// How many upstreams it has: servers that it asks, of which each may hang while the others
    /// answer. The host has threads for each. From 1 on; more than 64 share what 64 have.
    std::size_t upstreams = 1;
};

/// A source as the host calls it; nothing here throws. Authors derive from Source.
class SourcePort {
public:
    virtual ~SourcePort() = default;
    [[nodiscard]] virtual Result<SourceTraits> try_traits() noexcept = 0;
    [[nodiscard]] virtual Result<void> try_start() noexcept = 0;
    virtual void try_stop() noexcept = 0;
    [[nodiscard]] virtual Result<std::size_t> try_upstream_of(const Target& target) noexcept = 0;
    [[nodiscard]] virtual Result<Resolution> try_resolve(
        const ResolveRequest& request) noexcept = 0;
    [[nodiscard]] virtual Result<void> try_fetch(const Offer& offer, ByteSink& sink,
                                                 std::uint64_t from) noexcept = 0;
    [[nodiscard]] virtual Result<void> try_observe(const Observation& observation) noexcept = 0;
    virtual PeriodicPort* periodic() noexcept = 0;
    virtual HookPort* hook() noexcept = 0;
    virtual ReloadablePort* reloadable() noexcept = 0;
};

/// A place where releases live. It describes and streams; remembering, caching, hashing and slicing
/// are the host's. Its methods may do network IO, have deadlines of their own, and never retry:
/// devices ask again. What they throw becomes an Error.
class Source : public SourcePort {
public:
    static constexpr const char* kind = "source";
    using Port = SourcePort;

    virtual SourceTraits traits() = 0;  ///< [main] once, before start

    /// Returns quickly; an Error ends the host's start-up. [main]
    virtual Result<void> start() { return {}; }
    /// Safe without start, safe twice. Calls of workers may be under way, or still come: they end
    /// soon, with Unavailable, and make the last calls to the host. [main]
    virtual void stop() {}

    /// Which of its upstreams, from 0 on, is asked for a target; 0 too for one that is wrong. [any]
    virtual std::size_t upstream_of(const Target&) { return 0; }

    /// What a target means now. An Error keeps the last good release being served and shows its
    /// text on the device's status. Never two at once for one target. [worker]
    virtual Result<Resolution> resolve(const ResolveRequest& request) = 0;

    /// Streams the image of an offer in order, beginning with byte `from` (not 0 only after an
    /// interrupted fetch of the same offer; a source that cannot resume returns Mismatch, and is
    /// asked from 0). [worker]
    virtual Result<void> fetch(const Offer& offer, ByteSink& sink, std::uint64_t from) = 0;

    /// What became of it; an Error is logged and not tried again. [worker]
    virtual Result<void> observe(const Observation&) { return {}; }

    Periodic* periodic() noexcept override { return nullptr; }
    Hook* hook() noexcept override { return nullptr; }
    Reloadable* reloadable() noexcept override { return nullptr; }

    Result<SourceTraits> try_traits() noexcept final {
        return guarded([&]() -> Result<SourceTraits> { return traits(); });
    }
    Result<void> try_start() noexcept final {
        return guarded([&] { return start(); });
    }
    void try_stop() noexcept final {
        (void)guarded([&] { return stop(), Result<void>(); });
    }
    Result<std::size_t> try_upstream_of(const Target& target) noexcept final {
        return guarded([&]() -> Result<std::size_t> { return upstream_of(target); });
    }
    Result<Resolution> try_resolve(const ResolveRequest& request) noexcept final {
        return guarded([&] { return resolve(request); });
    }
    Result<void> try_fetch(const Offer& offer, ByteSink& sink, std::uint64_t from) noexcept final {
        return guarded([&] { return fetch(offer, sink, from); });
    }
    Result<void> try_observe(const Observation& observation) noexcept final {
        return guarded([&] { return observe(observation); });
    }
};

}  // namespace ajour::sdk

// SPDX-License-Identifier: Apache-2.0
// The devices in memory: who they are, what they should run, what they were served. Asks the
// registry when it does not know, and only then. Bounded: the devices not heard of for longest go
// first.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/transport.hpp>

#include "certificates/certificates.hpp"
#include "digest/credential_tag.hpp"
#include "firmware/catalog.hpp"
#include "fleet/aliases.hpp"
#include "fleet/device.hpp"
#include "fleet/device_table.hpp"
#include "fleet/flight_log.hpp"
#include "fleet/forecast.hpp"
#include "fleet/news.hpp"
#include "fleet/profile.hpp"
#include "work/crew.hpp"
#include "work/notices.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ajour::fleet {

/// A device that is half way through an image.
struct Update {
    std::string device;
    std::uint32_t offset = 0, size = 0;
    Forecast forecast;
};

class Fleet final : public sdk::Changes {
public:
    struct Limits {
        std::size_t devices_max = 1'000'000;
        std::chrono::milliseconds fresh{30'000};  ///< how long the registry's answer holds
        std::chrono::milliseconds stale_max{
            86'400'000};  ///< how long it serves while the registry fails
    };
    struct Counts {
        sdk::Metric& devices;
        sdk::Metric& looked_up;
        sdk::Metric& registry_failed;
    };
    struct Parts {
        sdk::RegistryPort& registry;
        work::Crew& crew;  ///< threads that may wait for the registry
        firmware::Catalog& catalog;
        FlightLog& flights;
        const work::Clock& clock;
        work::Notices* notices = nullptr;  ///< where it says how the registry is; null: nowhere
    };

    Fleet(Parts parts, const Limits& limits, Counts counts);

    /// What stands for the message's credential and sender in `Device::passes`. [any]
    digest::CredentialTag::Tag tag(const sdk::Message& message) const;

    /// Calls `visitor(Device*)` under the lock of the device's shard; null when it is not in
    /// memory. The visitor must not wait, log or call a plugin. [any]
    template <typename Visitor>
    auto visit(const sdk::DeviceView& device, Visitor&& visitor) {
        const auto hash = sdk::DeviceHash()(device);
        auto& shard = shard_of(hash);
        const std::lock_guard lock(shard.mutex);
        auto* found = shard.devices.find(device, hash);
        if (found != nullptr) found->seen = true;
        return visitor(found);
    }

    /// Say that a device will be visited soon: among a million devices its memory is far away, and
    /// comes near meanwhile. First where it is to be found, then, after some other work, the device
    /// itself. [any]
    void expect(const sdk::DeviceView& device);
    void approach(const sdk::DeviceView& device);

    /// Looks the device up, checks the credential and remembers both. NotFound, Refused, or the
    /// registry's error. Gives the device's own name, which differs from the message's for an
    /// alias. [worker]
    sdk::Result<sdk::DeviceId> admit(const sdk::Message& message);

    /// The device's own name, when it was lately admitted under another; else nothing. [any]
    std::optional<sdk::DeviceId> own_name(const sdk::DeviceView& alias) const {
        return aliases_.own_name(alias);
    }

    /// Whether the message's credential was found right before, so that it is no guess, although
    /// the registry has to be asked again. [any]
    bool has_admitted(const sdk::Message& message);

    /// Looks a known device up again, beside its turns. [any]
    void refresh(const sdk::DeviceView& device);

    /// The device's pre-shared key; Unavailable while the registry is asked. [any]
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device);

    /// What changed of a device since it was last collected.
    struct Change {
        sdk::DeviceId device;
        bool report_due = false;
        Reported reported;
        std::shared_ptr<firmware::Supply> supply;
        std::string problem;
        bool flight_due = false;
        update::Flight flight;
        std::shared_ptr<const firmware::Standing> standing;  ///< of the supply; null without one
        News news;                                           ///< its source should be told
        Forecast forecast;
    };
    /// Takes at most `max` changes; the rest stays for the next call. [worker]
    std::vector<Change> collect(std::size_t max);
    /// Makes a change due again, because it could not be stored. [worker]
    void put_back(const Change& change);
    /// Makes its news due again, because the source could not be told. [worker]
    void put_back_news(const Change& change);

    /// Lets go of the targets of devices that have to be looked up again before their next turn:
    /// whoever never comes back would hold its release for good. A part of the fleet a call.
    /// [worker]
    void let_go_of_stale();

    /// The command of its last turn waits for air time. [any]
    void delayed(const sdk::DeviceView& device, const sdk::Delay& delay);
    /// The network gave it up. [any]
    void dropped(const sdk::DeviceView& device, sdk::Drop drop);

    /// Where a walk over all devices is.
    struct Walk {
        std::size_t shard = 0, place = 0;
        bool ended = false;
    };
    /// Those of some devices more that get an application's images now; a device that comes or goes
    /// meanwhile may be left out. Holds up the turns of one shard for some microseconds. [any]
    std::vector<Update> next_updates(std::string_view application, Walk& walk) const;

    std::size_t size() const { return size_.load(std::memory_order_relaxed); }

    void device_changed(const sdk::DeviceView& device) noexcept override;
    void application_changed(std::string_view application) noexcept override;

    /// Marks that `reported` or the flight changed; called by visitors.
    void mark(Device& device, bool report, bool flight, bool news = false);

private:
    struct alignas(64) Shard {
        explicit Shard(DevicePool& pool) : devices(pool) {}
        mutable std::mutex mutex;  // guards all below
        DeviceTable devices;
        Device* due = nullptr;  // the first of a list, so that a turn allocates nothing
        std::size_t hand = 0;   // the place at which the eviction goes on
    };
    static constexpr std::size_t shard_count = 16;

    Shard& shard_of(DeviceTable::Hash hash) { return shards_[hash % shard_count]; }
    void note(const sdk::DeviceView& device, const std::function<bool(Pace&)>& news_of);
    sdk::Result<Profile> look_up(const sdk::DeviceId& device);
    void watch_registry(const sdk::Error* failure);
    sdk::Result<Profile> look_up_sender(const sdk::Message& message);
    /// Each gives the moment at which what was shown ends.
    sdk::Result<work::Instant> check(const Profile& profile, const sdk::Message& message);
    sdk::Result<work::Instant> check_gateway(const Profile& profile, const sdk::Message& message);
    sdk::Result<work::Instant> check_credential(const Profile& profile,
                                                const sdk::Message& message) const;
    /// When our clock says that, a year from now at most: no end is beyond all clocks.
    work::Instant instant_of(certificates::Time end) const;
    std::optional<work::Instant> was_admitted(const Profile& profile, const sdk::Message& message);

    struct Admission {
        const sdk::Message& message;
        work::Instant until;
    };
    void remember_pass(Device& device, const Admission& admission);
    sdk::Result<void> install(const Profile& profile, const std::optional<Admission>& admitted,
                              std::uint64_t as_of);
    bool make_room(Shard& shard);
    static Change take_change(Device& device, work::Instant now);
    void apply(Device& device, const Profile& profile, std::shared_ptr<firmware::Supply> supply);
    struct KnownKey {
        sdk::Result<sdk::DeviceKey> key;
        work::Instant until{};
    };
    KnownKey key_of(const Profile& profile) const;
    void remember_key(const sdk::DeviceId& asked, KnownKey known, std::uint64_t as_of);

    Parts parts_;
    const Limits limits_;
    Counts counts_;
    digest::CredentialTag tags_;
    Aliases aliases_;
    DevicePool pool_;
    std::deque<Shard> shards_;
    std::atomic<std::size_t> size_{0};
    std::atomic<bool> registry_fails_{false};
    std::atomic<std::size_t> next_to_let_go_{0};  // which shard
    std::atomic<std::uint64_t> changes_{
        0};  // told by the registry; an answer may be older than the last

    std::mutex keys_mutex_;  // guards keys_
    std::unordered_map<sdk::DeviceId, KnownKey, sdk::DeviceHash, sdk::DeviceEqual> keys_;
};

}  // namespace ajour::fleet

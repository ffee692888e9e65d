// SPDX-License-Identifier: Apache-2.0
// The devices in memory: who they are, what they should run, what they were served. Asks the
// registry when it does not know, and only then. Bounded: the devices not heard of for longest go
// first.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/transport.hpp>

#include "digest/credential_tag.hpp"
#include "firmware/catalog.hpp"
#include "fleet/aliases.hpp"
#include "fleet/change.hpp"
#include "fleet/device.hpp"
#include "fleet/devices.hpp"
#include "fleet/flight_log.hpp"
#include "fleet/keys.hpp"
#include "fleet/lookup.hpp"
#include "fleet/message_tag.hpp"
#include "fleet/profile.hpp"
#include "fleet/sender_check.hpp"
#include "work/crew.hpp"
#include "work/notices.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ajour::fleet {

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
    digest::CredentialTag::Tag tag(const sdk::Message& message) const {
        return message_tag(message, tags_);
    }

    /// Calls `visitor(Device*)` under the lock of the device's shard; null when it is not in
    /// memory. The visitor must not wait, log or call a plugin. [any]
    template <typename Visitor>
    auto visit(const sdk::DeviceView& device, Visitor&& visitor) {
        return devices_.visit(device, std::forward<Visitor>(visitor));
    }

    /// Say that a device will be visited soon: among a million devices its memory is far away, and
    /// comes near meanwhile. First where it is to be found, then, after some other work, the device
    /// itself. [any]
    void expect(const sdk::DeviceView& device) { devices_.expect(device); }
    void approach(const sdk::DeviceView& device) { devices_.approach(device); }

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
    sdk::Result<sdk::DeviceKey> key_for(const sdk::DeviceView& device) {
        return keys_.key_for(device);
    }

    using Change = fleet::Change;
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

    using Walk = Devices::Walk;
    /// Those of some devices more that get an application's images now; a device that comes or goes
    /// meanwhile may be left out. Holds up the turns of one shard for some microseconds. [any]
    std::vector<Update> next_updates(std::string_view application, Walk& walk) const;

    std::size_t size() const { return devices_.size(); }

    void device_changed(const sdk::DeviceView& device) noexcept override;
    void application_changed(std::string_view application) noexcept override;

    /// Marks that `reported` or the flight changed; called by visitors.
    void mark(Device& device, bool report, bool flight, bool news = false);

private:
    void note(const sdk::DeviceView& device, const std::function<bool(Pace&)>& news_of);
    /// Gives the moment at which what was shown ends.
    sdk::Result<work::Instant> check(const Profile& profile, const sdk::Message& message);
    std::optional<work::Instant> was_admitted(const Profile& profile, const sdk::Message& message);

    struct Admission {
        const sdk::Message& message;
        work::Instant until;
    };
    void remember_pass(Device& device, const Admission& admission);
    sdk::Result<void> install(const Profile& profile, const std::optional<Admission>& admitted,
                              std::uint64_t as_of);
    void apply(Device& device, const Profile& profile, std::shared_ptr<firmware::Supply> supply);

    Parts parts_;
    const Limits limits_;
    digest::CredentialTag tags_;
    std::atomic<std::uint64_t> changes_{
        0};  // told by the registry; an answer may be older than the last
    Aliases aliases_;
    Devices devices_;
    Lookup lookup_;
    SenderCheck sender_check_;
    Keys keys_;
};

}  // namespace ajour::fleet

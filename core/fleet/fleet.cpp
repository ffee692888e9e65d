// SPDX-License-Identifier: Apache-2.0
#include "fleet/fleet.hpp"

#include "fleet/credentials.hpp"

#include <algorithm>
#include <utility>

namespace ajour::fleet {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t aliases_max = 100'000;

}  // namespace

Fleet::Fleet(Parts parts, const Limits& limits, Counts counts)
    : parts_(parts),
      limits_(limits),
      aliases_(parts.clock, limits.fresh, aliases_max),
      devices_(limits.devices_max, counts.devices),
      lookup_(parts.registry, {counts.looked_up, counts.registry_failed}, parts.notices),
      sender_check_(lookup_, parts.clock, tags_),
      keys_({lookup_, parts.crew, parts.clock, tags_, changes_}, limits.fresh) {}

Result<sdk::DeviceId> Fleet::admit(const sdk::Message& message) {
    const auto as_of = changes_.load();
    auto profile = speaks_for_itself(message) ? lookup_.sender(message)
                                              : lookup_.profile(sdk::DeviceId(message.device));
    if (!profile) return profile.error();
    const auto until = check(*profile, message);
    if (!until) return until.error();
    if (auto installed = install(*profile, Admission{message, *until}, as_of); !installed) {
        return installed.error();
    }
    const sdk::DeviceId asked(message.device);
    if (asked != profile->id && changes_.load() == as_of) aliases_.remember(asked, profile->id);
    return profile->id;
}

Result<work::Instant> Fleet::check(const Profile& profile, const sdk::Message& message) {
    if (tag(message) == digest::CredentialTag::Tag{}) return wrong_credential();
    if (!profile.enabled) return Error{ErrorKind::Refused, profile.id.text() + " is disabled"};
    if (const auto until = was_admitted(profile, message)) return *until;
    return sender_check_.check(profile, message);
}

bool Fleet::has_admitted(const sdk::Message& message) {
    const auto shown = tag(message);
    const auto now = parts_.clock.now();
    const auto admits = [&](const sdk::DeviceView& name) {
        return visit(name, [&](const Device* device) {
            return device != nullptr && device->is_admitted(shown, now);
        });
    };
    if (admits(message.device)) return true;
    const auto own = aliases_.former_name(message.device);
    return own && admits(*own);
}

/// Spares a known device the slow check of its credential when it is looked up again.
std::optional<work::Instant> Fleet::was_admitted(const Profile& profile,
                                                 const sdk::Message& message) {
    const auto shown = tag(message);
    const auto now = parts_.clock.now();
    const auto stored = stand_in_for_credentials(profile);
    return visit(profile.id, [&](const Device* device) -> std::optional<work::Instant> {
        const bool is_known = device != nullptr && device->credentials == stored;
        return is_known ? device->admitted_until(shown, now) : std::nullopt;
    });
}

Result<void> Fleet::install(const Profile& profile, const std::optional<Admission>& admitted,
                            std::uint64_t as_of) {
    std::shared_ptr<firmware::Supply> supply;
    if (profile.target) {
        supply = parts_.catalog.supply(*profile.target, profile.id, profile.labels);
    }
    const bool known = visit(profile.id, [](const Device* device) { return device != nullptr; });
    auto flight =
        known ? update::Flight() : read_flight(parts_.flights.load(profile.id).value_or(""));
    const bool done = devices_.visit_or_make(profile.id, [&](Device& device, bool is_new) {
        if (is_new) device.flight = std::move(flight);
        apply(device, profile, std::move(supply));
        if (admitted) remember_pass(device, *admitted);
        if (changes_.load() != as_of) device.fresh_until = parts_.clock.now();
    });
    if (!done) return Error{ErrorKind::Full, "too many devices in memory"};
    return {};
}

void Fleet::remember_pass(Device& device, const Admission& admission) {
    const auto shown = tag(admission.message);
    const auto until = speaks_for_itself(admission.message)
                           ? admission.until
                           : std::min(admission.until, parts_.clock.now() + limits_.fresh);
    auto& pass = device.passes[0].tag == shown ? device.passes[0] : device.passes[1];
    pass = {shown, until};
    if (&pass == &device.passes[1]) std::swap(device.passes[0], device.passes[1]);
}

void Fleet::apply(Device& device, const Profile& profile,
                  std::shared_ptr<firmware::Supply> supply) {
    const auto now = parts_.clock.now();
    device.supply = std::move(supply);
    device.crowded_out = profile.target && !device.supply;
    device.problem =
        profile.problem.empty() ? nullptr : std::make_unique<const std::string>(profile.problem);
    device.enabled = profile.enabled;
    device.fresh_until = device.crowded_out ? now : now + limits_.fresh;
    device.stale_at = now + limits_.stale_max;
    device.refreshing = false;
    const auto stored = stand_in_for_credentials(profile);
    if (device.credentials != stored) device.passes = {};
    device.credentials = stored;
}

void Fleet::let_go_of_stale() {
    devices_.visit_next_part([now = parts_.clock.now()](Device& device) {
        if (now >= device.stale_at && !device.is_listed()) device.supply.reset();
    });
}

void Fleet::refresh(const sdk::DeviceView& device) {
    const bool posted = parts_.crew.post([this, id = sdk::DeviceId(device)] {
        const auto as_of = changes_.load();
        const auto profile = lookup_.profile(id);
        if (profile && install(*profile, std::nullopt, as_of)) return;
        const auto now = parts_.clock.now();
        visit(id, [&](Device* known) {
            if (known == nullptr) return;
            known->refreshing = false;
            known->fresh_until = now + limits_.fresh;
            if (!profile && profile.error().kind == ErrorKind::NotFound) known->stale_at = now;
        });
    });
    if (posted) return;
    visit(device, [](Device* known) {
        if (known != nullptr) known->refreshing = false;
    });
}

void Fleet::device_changed(const sdk::DeviceView& device) noexcept {
    changes_.fetch_add(1);
    aliases_.forget(device);
    visit(device, [](Device* known) {
        if (known == nullptr) return;
        known->stale_at = {};
        known->passes = {};
        known->reported = {};  // whoever changed it may have put back an older status
    });
    keys_.forget(device);
}

void Fleet::application_changed(std::string_view application) noexcept {
    changes_.fetch_add(1);
    aliases_.forget_application(application);
    devices_.visit_all([&](Device& device) {
        if (device.id.application == application) device.stale_at = {};
    });
    keys_.forget_all();
}

void Fleet::mark(Device& device, bool report, bool flight, bool news) {
    const bool listed = device.is_listed();
    device.report_due = device.report_due || report;
    device.flight_due = device.flight_due || flight;
    device.news_due = device.news_due || news;
    if (!listed && device.is_listed()) devices_.list(device);
}

std::vector<Fleet::Change> Fleet::collect(std::size_t max) {
    std::vector<Change> changes;
    const auto now = parts_.clock.now();
    devices_.take_listed(max, [&](Device& device) { changes.push_back(take_change(device, now)); });
    return changes;
}

/// The registry is told of what is news.
void Fleet::note(const sdk::DeviceView& device, const std::function<bool(Pace&)>& news_of) {
    const auto note_of = [&](Device* known) {
        if (known == nullptr) return false;
        const bool is_news = news_of(known->pace);
        if (is_news && known->reported.updating) mark(*known, true, false);
        return true;
    };
    if (visit(device, note_of)) return;
    if (const auto own = own_name(device)) visit(*own, note_of);
}

void Fleet::delayed(const sdk::DeviceView& device, const sdk::Delay& delay) {
    const auto now = parts_.clock.now();
    note(device, [&](Pace& pace) { return note_delay(pace, delay, now); });
}

void Fleet::dropped(const sdk::DeviceView& device, sdk::Drop drop) {
    note(device, [&](Pace& pace) { return note_drop(pace, drop); });
}

std::vector<Update> Fleet::next_updates(std::string_view application, Walk& walk) const {
    std::vector<Update> updates;
    const auto now = parts_.clock.now();
    devices_.visit_some(walk, [&](const Device& device) {
        const bool is_wanted = device.reported.updating && device.id.application == application;
        if (is_wanted) updates.push_back(update_of(device, now));
    });
    return updates;
}

void Fleet::put_back(const Change& change) {
    visit(change.device, [&](Device* device) {
        if (device != nullptr) mark(*device, change.report_due, change.flight_due);
    });
}

void Fleet::put_back_news(const Change& change) {
    visit(change.device, [&](Device* device) {
        if (device == nullptr) return;
        fleet::put_back_news(device->told, change.reported, change.news);
        mark(*device, false, false, true);
    });
}

}  // namespace ajour::fleet

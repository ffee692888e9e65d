// SPDX-License-Identifier: Apache-2.0
#include "fleet/fleet.hpp"

#include "fleet/credentials.hpp"
#include "fleet/validity.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ajour::fleet {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t keys_max = 10'000;
constexpr std::size_t aliases_max = 100'000;
constexpr std::size_t reason_max = 200;
constexpr std::chrono::hours longest_pass{24 * 365};

bool speaks_for_itself(const sdk::Message& message) {
    return message.sender == message.device;
}

Error wrong_credential() {
    return {ErrorKind::Refused, "wrong credential"};
}

bool is_gateway_of(const Profile& profile, const sdk::DeviceId& gateway) {
    return gateway.application == profile.id.application &&
           std::find(profile.gateways.begin(), profile.gateways.end(), gateway.device) !=
               profile.gateways.end();
}

/// Differs when any stored credential or gateway does.
std::size_t stand_in_for_credentials(const Profile& profile) {
    std::string all;
    const auto append = [&all](std::string_view part) { all.append(part).append(1, '\0'); };
    for (const auto& password : profile.passwords) {
        append(password.username);
        append(password.secret);
    }
    for (const auto& key : profile.keys) {
        append(sdk::text_of(key.key));
        append(key.not_before);
        append(key.not_after);
    }
    for (const auto& certificate : profile.certificates) append(certificate);
    for (const auto& anchor : profile.anchors) append(anchor);
    for (const auto& gateway : profile.gateways) append(gateway);
    return std::hash<std::string>()(all);
}

certificates::Time this_second() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::uint32_t bytes_left(const Reported& reported) noexcept {
    return reported.updating ? reported.size - std::min(reported.offset, reported.size) : 0;
}

Update update_of(const Device& device, work::Instant now) {
    return {device.id.device, device.reported.offset, device.reported.size,
            foresee(device.pace, bytes_left(device.reported), now)};
}

}  // namespace

Fleet::Fleet(Parts parts, const Limits& limits, Counts counts)
    : parts_(parts),
      limits_(limits),
      counts_(counts),
      aliases_(parts.clock, limits.fresh, aliases_max) {
    for (std::size_t i = 0; i < shard_count; ++i) shards_.emplace_back(pool_);
}

digest::CredentialTag::Tag Fleet::tag(const sdk::Message& message) const {
    std::array<std::uint8_t, 1024> room;
    std::size_t used = 0;
    const auto append = [&](std::string_view part) {
        const auto length = std::min(part.size(), room.size() - used);
        std::copy_n(part.begin(), length, room.begin() + static_cast<std::ptrdiff_t>(used));
        used += length;
        if (used < room.size()) room[used++] = 0;
        return length == part.size();
    };
    const auto& credential = message.credential;
    const bool is_chain = credential.kind == sdk::Credential::Kind::Certificate;
    if (is_chain && credential.secret.size() > certificates::chain_bytes_max) return {};
    const char kind = static_cast<char>('0' + static_cast<int>(credential.kind));
    const bool whole = append({&kind, 1}) && append(message.sender.application) &&
                       append(message.sender.device) && append(credential.username) &&
                       (is_chain ? append(sdk::text_of(tags_.tag(sdk::bytes_of(credential.secret))))
                                 : append(credential.secret));
    if (!whole) return {};  // longer than any credential that is taken: `admit` refuses it
    return tags_.tag({room.data(), used});
}

Result<sdk::DeviceId> Fleet::admit(const sdk::Message& message) {
    const auto as_of = changes_.load();
    auto profile = speaks_for_itself(message) ? look_up_sender(message)
                                              : look_up(sdk::DeviceId(message.device));
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

Result<Profile> Fleet::look_up(const sdk::DeviceId& device) {
    counts_.looked_up.add();
    const auto record = parts_.registry.try_look_up(device);
    const bool has_failed = !record && record.error().kind != ErrorKind::NotFound;
    if (has_failed) counts_.registry_failed.add();
    watch_registry(has_failed ? &record.error() : nullptr);
    if (!record) return record.error();
    return read_profile(device, *record);
}

/// Says once that the registry fails, and once that it does no more.
void Fleet::watch_registry(const Error* failure) {
    const bool fails = failure != nullptr;
    if (registry_fails_.exchange(fails) == fails || parts_.notices == nullptr) return;
    const auto line = fails ? "the registry fails: " + work::harmless(failure->text, reason_max)
                            : std::string("the registry answers again");
    parts_.notices->tell(
        {fails ? sdk::LogLevel::Warning : sdk::LogLevel::Info, "fleet", line, line});
}

/// Who shows a certificate is who that says, under its subject's whole name or its common name.
Result<Profile> Fleet::look_up_sender(const sdk::Message& message) {
    if (message.credential.kind != sdk::Credential::Kind::Certificate) {
        return look_up(sdk::DeviceId(message.sender));
    }
    const auto names = certificates::names_of(sdk::bytes_of(message.credential.secret));
    if (!names) return wrong_credential();
    auto found = look_up({names->issuer, names->subject});
    const bool may_have_another = !names->common_name.empty();
    if (found || found.error().kind != ErrorKind::NotFound || !may_have_another) return found;
    return look_up({names->issuer, names->common_name});
}

Result<work::Instant> Fleet::check(const Profile& profile, const sdk::Message& message) {
    if (tag(message) == digest::CredentialTag::Tag{}) return wrong_credential();
    if (!profile.enabled) return Error{ErrorKind::Refused, profile.id.text() + " is disabled"};
    if (const auto until = was_admitted(profile, message)) return *until;
    if (!speaks_for_itself(message) && message.sender.device != profile.id.device) {
        return check_gateway(profile, message);
    }
    return check_credential(profile, message);
}

Result<work::Instant> Fleet::check_gateway(const Profile& profile, const sdk::Message& message) {
    const auto gateway = look_up_sender(message);
    if (!gateway) return gateway.error();
    if (!gateway->enabled) return Error{ErrorKind::Refused, gateway->id.text() + " is disabled"};
    const auto until = check_credential(*gateway, message);
    if (!until || gateway->id == profile.id || is_gateway_of(profile, gateway->id)) return until;
    return Error{ErrorKind::Refused, gateway->id.text() + " is no gateway of " + profile.id.text()};
}

Result<work::Instant> Fleet::check_credential(const Profile& profile,
                                              const sdk::Message& message) const {
    const auto end =
        shows_right_credential(profile, message.sender.device, message.credential, tags_);
    if (!end) return wrong_credential();
    return instant_of(*end);
}

work::Instant Fleet::instant_of(certificates::Time end) const {
    if (end == certificates::Time::max()) return work::Instant::max();
    return parts_.clock.now() + std::min<std::chrono::seconds>(end - this_second(), longest_pass);
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
    const auto hash = sdk::DeviceHash()(profile.id);
    auto& shard = shard_of(hash);
    const std::lock_guard lock(shard.mutex);
    auto* found = shard.devices.find(profile.id, hash);
    if (found == nullptr) {
        if (!make_room(shard)) return Error{ErrorKind::Full, "too many devices in memory"};
        found = &shard.devices.insert(profile.id, hash);
        found->flight = std::move(flight);
        size_.fetch_add(1, std::memory_order_relaxed);
        counts_.devices.add();
    }
    auto& device = *found;
    apply(device, profile, std::move(supply));
    if (admitted) remember_pass(device, *admitted);
    if (changes_.load() != as_of) device.fresh_until = parts_.clock.now();
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

bool Fleet::make_room(Shard& shard) {
    if (size() < limits_.devices_max || shard.devices.size() == 0) return true;
    for (std::size_t tried = 0; tried < 2 * shard.devices.places(); ++tried) {
        auto* device = shard.devices.at(shard.hand++);
        if (device == nullptr || device->is_listed()) continue;
        if (std::exchange(device->seen, false)) continue;
        shard.devices.erase(*device, sdk::DeviceHash()(device->id));
        size_.fetch_sub(1, std::memory_order_relaxed);
        counts_.devices.add(-1);
        return true;
    }
    return false;
}

void Fleet::let_go_of_stale() {
    const auto now = parts_.clock.now();
    auto& shard = shards_[next_to_let_go_.fetch_add(1) % shard_count];
    const std::lock_guard lock(shard.mutex);
    for (std::size_t place = 0; place < shard.devices.places(); ++place) {
        auto* device = shard.devices.at(place);
        const bool stays = device == nullptr || now < device->stale_at || device->is_listed();
        if (!stays) device->supply.reset();
    }
}

void Fleet::expect(const sdk::DeviceView& device) {
    const auto hash = sdk::DeviceHash()(device);
    auto& shard = shard_of(hash);
    const std::lock_guard lock(shard.mutex);
    shard.devices.prefetch_place(hash);
}

void Fleet::approach(const sdk::DeviceView& device) {
    const auto hash = sdk::DeviceHash()(device);
    auto& shard = shard_of(hash);
    const std::lock_guard lock(shard.mutex);
    shard.devices.prefetch_device(hash);
}

void Fleet::refresh(const sdk::DeviceView& device) {
    const bool posted = parts_.crew.post([this, id = sdk::DeviceId(device)] {
        const auto as_of = changes_.load();
        const auto profile = look_up(id);
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
    const std::lock_guard lock(keys_mutex_);
    if (const auto found = keys_.find(device); found != keys_.end()) keys_.erase(found);
}

void Fleet::application_changed(std::string_view application) noexcept {
    changes_.fetch_add(1);
    aliases_.forget_application(application);
    for (auto& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        for (std::size_t place = 0; place < shard.devices.places(); ++place) {
            auto* device = shard.devices.at(place);
            if (device != nullptr && device->id.application == application) device->stale_at = {};
        }
    }
    const std::lock_guard lock(keys_mutex_);
    keys_.clear();
}

void Fleet::mark(Device& device, bool report, bool flight, bool news) {
    const bool listed = device.is_listed();
    device.report_due = device.report_due || report;
    device.flight_due = device.flight_due || flight;
    device.news_due = device.news_due || news;
    if (listed || !device.is_listed()) return;
    device.next_due = std::exchange(shard_of(sdk::DeviceHash()(device.id)).due, &device);
}

std::vector<Fleet::Change> Fleet::collect(std::size_t max) {
    std::vector<Change> changes;
    const auto now = parts_.clock.now();
    for (auto& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        while (shard.due != nullptr && changes.size() < max) {
            auto& device = *std::exchange(shard.due, shard.due->next_due);
            changes.push_back(take_change(device, now));
        }
    }
    return changes;
}

Fleet::Change Fleet::take_change(Device& device, work::Instant now) {
    auto standing = device.supply ? device.supply->standing() : nullptr;
    const auto news = take_news(device.told, device.reported, standing.get());
    const bool report = std::exchange(device.report_due, false);
    const bool flight = std::exchange(device.flight_due, false);
    device.news_due = false;
    device.next_due = nullptr;
    return {device.id,
            report,
            device.reported,
            device.supply,
            device.problem_text(),
            flight,
            device.flight,
            std::move(standing),
            news,
            foresee(device.pace, bytes_left(device.reported), now)};
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
    constexpr std::size_t at_once = 4096;
    std::vector<Update> updates;
    const auto now = parts_.clock.now();
    const auto& shard = shards_[walk.shard];
    const std::lock_guard lock(shard.mutex);
    const auto end = std::min(walk.place + at_once, shard.devices.places());
    for (; walk.place < end; ++walk.place) {
        const auto* device = shard.devices.at(walk.place);
        if (device == nullptr || !device->reported.updating) continue;
        if (device->id.application != application) continue;
        updates.push_back(update_of(*device, now));
    }
    if (walk.place < shard.devices.places()) return updates;
    walk.place = 0;
    walk.ended = ++walk.shard == shard_count;
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

Result<sdk::DeviceKey> Fleet::key_for(const sdk::DeviceView& device) {
    {
        const std::lock_guard lock(keys_mutex_);
        const auto found = keys_.find(device);
        if (found != keys_.end() && parts_.clock.now() < found->second.until)
            return found->second.key;
    }
    parts_.crew.post([this, asked = sdk::DeviceId(device)] {
        const auto as_of = changes_.load();
        const auto profile = look_up(asked);
        if (profile) {
            remember_key(asked, key_of(*profile), as_of);
        } else if (profile.error().kind == ErrorKind::NotFound) {
            remember_key(asked, {profile.error(), parts_.clock.now() + limits_.fresh}, as_of);
        }
    });
    return Error{ErrorKind::Unavailable, "the registry is being asked"};
}

Fleet::KnownKey Fleet::key_of(const Profile& profile) const {
    const auto fresh = parts_.clock.now() + limits_.fresh;
    const auto now = this_second();
    const auto* valid = profile.enabled ? valid_key(profile, now) : nullptr;
    if (valid == nullptr) {
        return {Error{ErrorKind::Refused, profile.id.text() + " has no valid pre-shared key"},
                fresh};
    }
    const auto end = end_of(*valid, now).value_or(now);
    return {sdk::DeviceKey{valid->key, tag_of(valid->key, tags_)},
            std::min(fresh, instant_of(end))};
}

void Fleet::remember_key(const sdk::DeviceId& asked, KnownKey known, std::uint64_t as_of) {
    const std::lock_guard lock(keys_mutex_);
    if (changes_.load() != as_of) return;
    if (keys_.size() >= keys_max) keys_.clear();
    keys_.insert_or_assign(asked, std::move(known));
}

}  // namespace ajour::fleet

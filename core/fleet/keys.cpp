// SPDX-License-Identifier: Apache-2.0
#include "fleet/keys.hpp"

#include "fleet/calendar.hpp"
#include "fleet/credentials.hpp"
#include "fleet/validity.hpp"

#include <algorithm>
#include <utility>

namespace ajour::fleet {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t keys_max = 10'000;

}  // namespace

Result<sdk::DeviceKey> Keys::key_for(const sdk::DeviceView& device) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(device);
        if (found != known_.end() && parts_.clock.now() < found->second.until)
            return found->second.key;
    }
    parts_.crew.post([this, asked = sdk::DeviceId(device)] { look_up(asked); });
    return Error{ErrorKind::Unavailable, "the registry is being asked"};
}

void Keys::look_up(const sdk::DeviceId& asked) {
    const auto as_of = parts_.changes.load();
    const auto profile = parts_.lookup.profile(asked);
    if (profile) {
        remember(asked, key_of(*profile), as_of);
    } else if (profile.error().kind == ErrorKind::NotFound) {
        remember(asked, {profile.error(), parts_.clock.now() + fresh_}, as_of);
    }
}

Keys::Known Keys::key_of(const Profile& profile) const {
    const auto fresh = parts_.clock.now() + fresh_;
    const auto now = this_second();
    const auto* valid = profile.enabled ? valid_key(profile, now) : nullptr;
    if (valid == nullptr) {
        return {Error{ErrorKind::Refused, profile.id.text() + " has no valid pre-shared key"},
                fresh};
    }
    const auto end = end_of(*valid, now).value_or(now);
    return {sdk::DeviceKey{valid->key, tag_of(valid->key, parts_.tags)},
            std::min(fresh, instant_of(end, parts_.clock))};
}

void Keys::remember(const sdk::DeviceId& asked, Known known, std::uint64_t as_of) {
    const std::lock_guard lock(mutex_);
    if (parts_.changes.load() != as_of) return;
    if (known_.size() >= keys_max) known_.clear();
    known_.insert_or_assign(asked, std::move(known));
}

void Keys::forget(const sdk::DeviceView& device) noexcept {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(device); found != known_.end()) known_.erase(found);
}

void Keys::forget_all() noexcept {
    const std::lock_guard lock(mutex_);
    known_.clear();
}

}  // namespace ajour::fleet

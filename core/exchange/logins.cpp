// SPDX-License-Identifier: Apache-2.0
#include "exchange/logins.hpp"

namespace ajour::exchange {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// One of the places that there are for checks; taken as long as this lives.
class Place {
public:
    Place(std::atomic<std::size_t>& taken, std::size_t max)
        : taken_(taken), is_ours_(taken.fetch_add(1) < max) {}
    ~Place() { taken_.fetch_sub(1); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    bool is_ours() const noexcept { return is_ours_; }

private:
    std::atomic<std::size_t>& taken_;
    const bool is_ours_;
};

bool is_final(ErrorKind kind) {
    return kind == ErrorKind::Refused || kind == ErrorKind::NotFound;
}

}  // namespace

Result<void> Logins::check(const sdk::Message& message) {
    counts_.asked.add();
    const auto memory = remembers(message);
    if (memory == Memory::Fresh) return {};
    if (memory == Memory::No && parts_.refusals.brake().stops(message.peer) &&
        !parts_.fleet.has_admitted(message)) {
        counts_.throttled.add();
        return Error{ErrorKind::Throttled, "too many wrong passwords from this address"};
    }
    return ask_registry(message, memory == Memory::Aged);
}

Result<void> Logins::ask_registry(const sdk::Message& message, bool was_admitted) {
    const Place place(checks_, checks_max_);
    if (!place.is_ours()) {
        counts_.full.add();
        return Error{ErrorKind::Full, "too many logins are being checked"};
    }
    const auto admitted = parts_.fleet.admit(message);
    if (admitted) return {};
    if (is_final(admitted.error().kind)) {
        counts_.refused.add();
        parts_.refusals.refuse("refused a login", message, admitted.error());
        return admitted.error();
    }
    counts_.failed.add();
    if (was_admitted) return {};
    return admitted.error();
}

Logins::Memory Logins::remembers(const sdk::Message& message) const {
    const auto tag = parts_.fleet.tag(message);
    const auto memory = remembers(message.device, tag);
    if (memory != Memory::No) return memory;
    const auto own = parts_.fleet.own_name(message.device);
    return own ? remembers(*own, tag) : Memory::No;
}

Logins::Memory Logins::remembers(const sdk::DeviceView& device,
                                 const digest::CredentialTag::Tag& tag) const {
    const auto now = parts_.clock.now();
    return parts_.fleet.visit(device, [&](const fleet::Device* known) {
        if (known == nullptr || now >= known->stale_at || !known->is_admitted(tag, now)) {
            return Memory::No;
        }
        return now < known->fresh_until ? Memory::Fresh : Memory::Aged;
    });
}

}  // namespace ajour::exchange

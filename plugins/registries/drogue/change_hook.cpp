// SPDX-License-Identifier: Apache-2.0
#include "change_hook.hpp"

#include "change_event.hpp"

#include <string_view>

namespace ajour::drogue_registry {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

/// In a time that does not tell where they differ.
bool are_same(std::string_view one, std::string_view other) noexcept {
    if (one.size() != other.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
    }
    return difference == 0;
}

}  // namespace

Result<void> ChangeHook::receive(const sdk::HookRequest& request) {
    if (!is_believed(request)) {
        metrics_.events_refused.add();
        return Error{ErrorKind::Refused,
                     "who posts events shows registry.drogue.events.secret as a bearer's token"};
    }
    const auto changed = read_change_events(request);
    if (!changed) {
        metrics_.events_refused.add();
        return changed.error();
    }
    metrics_.events.add();
    for (const auto& object : *changed) (void)tips_.put(object);
    return {};
}

bool ChangeHook::is_believed(const sdk::HookRequest& request) const {
    if (settings_.boolean("events.open")) return true;
    const auto secret = settings_.text("events.secret");
    const auto shown = request.headers.find("authorization");
    return !secret.empty() && shown != request.headers.end() &&
           are_same(shown->second, "Bearer " + secret);
}

}  // namespace ajour::drogue_registry

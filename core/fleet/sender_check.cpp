// SPDX-License-Identifier: Apache-2.0
#include "fleet/sender_check.hpp"

#include "fleet/calendar.hpp"
#include "fleet/credentials.hpp"

#include <algorithm>

namespace ajour::fleet {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

bool is_gateway_of(const Profile& profile, const sdk::DeviceId& gateway) {
    return gateway.application == profile.id.application &&
           std::find(profile.gateways.begin(), profile.gateways.end(), gateway.device) !=
               profile.gateways.end();
}

}  // namespace

bool speaks_for_itself(const sdk::Message& message) {
    return message.sender == message.device;
}

Result<work::Instant> SenderCheck::check(const Profile& profile,
                                         const sdk::Message& message) const {
    if (!speaks_for_itself(message) && message.sender.device != profile.id.device) {
        return check_gateway(profile, message);
    }
    return check_credential(profile, message);
}

Result<work::Instant> SenderCheck::check_gateway(const Profile& profile,
                                                 const sdk::Message& message) const {
    const auto gateway = lookup_.sender(message);
    if (!gateway) return gateway.error();
    if (!gateway->enabled) return Error{ErrorKind::Refused, gateway->id.text() + " is disabled"};
    const auto until = check_credential(*gateway, message);
    if (!until || gateway->id == profile.id || is_gateway_of(profile, gateway->id)) return until;
    return Error{ErrorKind::Refused, gateway->id.text() + " is no gateway of " + profile.id.text()};
}

Result<work::Instant> SenderCheck::check_credential(const Profile& profile,
                                                    const sdk::Message& message) const {
    const auto end =
        shows_right_credential(profile, message.sender.device, message.credential, tags_);
    if (!end) return wrong_credential();
    return instant_of(*end, clock_);
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Whether a credential is one of a profile's. Slow on purpose where the stored form is (bcrypt).
#pragma once

#include <ajour/sdk/transport.hpp>

#include "certificates/certificates.hpp"
#include "fleet/profile.hpp"

#include <optional>
#include <string_view>

namespace ajour::fleet {

/// Until when it is: Time::max() for one without an end, and nothing for one that is wrong. `asked`
/// is the name under which the sender presented itself, which may be a user name. [worker]
std::optional<certificates::Time> shows_right_credential(const Profile& profile,
                                                         std::string_view asked,
                                                         const sdk::Credential& credential);

/// The key that is valid now; null when the device has none. `now` is RFC 3339 in UTC.
const PreSharedKey* valid_key(const Profile& profile, std::string_view now);

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
// Whether a credential is one of a profile's. Slow on purpose where the stored form is (bcrypt).
#pragma once

#include <ajour/sdk/result.hpp>
#include <ajour/sdk/transport.hpp>

#include "certificates/certificates.hpp"
#include "digest/credential_tag.hpp"
#include "fleet/profile.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ajour::fleet {

/// Until when it is: Time::max() for one without an end, and nothing for one that is wrong. `asked`
/// is the name under which the sender presented itself, which may be a user name; `tags` made what
/// stands for a pre-shared key. [worker]
std::optional<certificates::Time> shows_right_credential(const Profile& profile,
                                                         std::string_view asked,
                                                         const sdk::Credential& credential,
                                                         const digest::CredentialTag& tags);

/// The first key that is valid then; null when the device has none.
const PreSharedKey* valid_key(const Profile& profile, certificates::Time now);

/// What stands for a pre-shared key in a credential.
std::string tag_of(const sdk::Bytes& key, const digest::CredentialTag& tags);

/// Differs when any stored credential or gateway does.
std::size_t stand_in_for_credentials(const Profile& profile);

/// What is said of all that is wrong.
sdk::Error wrong_credential();

}  // namespace ajour::fleet

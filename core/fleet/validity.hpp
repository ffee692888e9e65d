// SPDX-License-Identifier: Apache-2.0
// From when until when a stored key holds. Pure.
#pragma once

#include "certificates/certificates.hpp"
#include "fleet/profile.hpp"

#include <optional>
#include <string_view>

namespace ajour::fleet {

/// The moment that a text of RFC 3339 (section 5.6) names, without its fraction; nothing when it is
/// none.
std::optional<certificates::Time> moment_of(std::string_view text) noexcept;

/// The first moment at which the key holds no more, Time::max() for one without an end; nothing
/// when it does not hold now. A limit that cannot be read makes a key that never holds.
std::optional<certificates::Time> end_of(const PreSharedKey& key, certificates::Time now) noexcept;

}  // namespace ajour::fleet

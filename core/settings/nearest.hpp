// SPDX-License-Identifier: Apache-2.0
// The name that somebody probably meant. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ajour::settings {

/// The candidate with the fewest changed, added, left out or swapped letters; empty when none is
/// near. A candidate that only has more in front ("transport.http.port" for "http.port") counts as
/// near.
std::string nearest(std::string_view name, std::span<const std::string> candidates);

/// " (did you mean NAME?)", or empty.
std::string suggestion(std::string_view name, std::span<const std::string> candidates);

}  // namespace ajour::settings

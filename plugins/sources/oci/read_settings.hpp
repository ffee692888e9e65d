// SPDX-License-Identifier: Apache-2.0
// Settings that are not of one OCI registry alone.
#pragma once

#include <ajour/sdk/settings.hpp>

#include "content/found_release.hpp"
#include "resolver.hpp"

namespace ajour::oci {

/// These throw the sentence that says which setting is wrong.
Wishes read_wishes(const sdk::Settings& settings);
ResolverLimits read_limits(const sdk::Settings& settings);

}  // namespace ajour::oci

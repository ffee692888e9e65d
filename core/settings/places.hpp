// SPDX-License-Identifier: Apache-2.0
// Whether this machine has the places that the host's settings name: found by trying, and nothing
// is left behind.
#pragma once

#include "settings/document.hpp"
#include "settings/problem.hpp"
#include "settings/section.hpp"

namespace ajour::settings {

/// An admin address that cannot be listened on, and directories that cannot be made or written to.
/// What only this user may not is no problem: the server may run as another.
Problems check_places(const Document& document, const Section& host);

}  // namespace ajour::settings

// SPDX-License-Identifier: Apache-2.0
// The time of the calendar, by which certificates and keys end, and that of the clock.
#pragma once

#include "certificates/certificates.hpp"
#include "work/clock.hpp"

namespace ajour::fleet {

certificates::Time this_second();

/// When our clock says that, a year from now at most: no end is beyond all clocks.
work::Instant instant_of(certificates::Time end, const work::Clock& clock);

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "firmware/source_hand.hpp"

namespace ajour::firmware {

work::Crew& SourceHand::crew_for(const sdk::Target& target) const {
    if (crews.size() == 1) return *crews.front();
    const auto upstream = port->try_upstream_of(target);
    return *crews[upstream ? *upstream % crews.size() : 0];
}

}  // namespace ajour::firmware

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/source.hpp>

#include "work/crew.hpp"

#include <vector>

namespace ajour::firmware {

/// A started source, with the threads that may wait for it: a crew for each of its upstreams, so
/// that one that hangs delays nobody else's devices.
struct SourceHand {
    sdk::SourcePort* port = nullptr;
    sdk::SourceTraits traits;
    std::vector<work::Crew*> crews;  ///< at least one

    /// [any]
    work::Crew& crew_for(const sdk::Target& target) const;
};

}  // namespace ajour::firmware

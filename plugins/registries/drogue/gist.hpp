// SPDX-License-Identifier: Apache-2.0
// What of a status is worth a request of its own. Pure.
#pragma once

#include <ajour/sdk/registry.hpp>

#include <cstddef>

namespace ajour::drogue_registry {

struct Gist {
    std::size_t words = 0;      ///< stands for all but the progress and its hindrance
    int step = -1;              ///< of the progress; -1: there is none
    std::size_t hindrance = 0;  ///< stands for the reason why there is no more; 0: none is known
    bool begun = false;         ///< there was progress before; no part of the comparison

    friend bool operator==(const Gist& one, const Gist& other) noexcept {
        return one.words == other.words && one.step == other.step &&
               one.hindrance == other.hindrance;
    }
};

/// `step` is in percent.
Gist gist_of(const sdk::Report& report, int step);

}  // namespace ajour::drogue_registry

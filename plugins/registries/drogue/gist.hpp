// SPDX-License-Identifier: Apache-2.0
// What of a status is worth a request of its own. Pure.
#pragma once

#include <ajour/sdk/registry.hpp>

#include <cstddef>

namespace ajour::drogue_registry {

struct Gist {
    std::size_t words = 0;  ///< stands for all but the progress
    int step = -1;          ///< of the progress; -1: there is none
    bool begun = false;     ///< there was progress before; no part of the comparison

    friend bool operator==(const Gist& one, const Gist& other) noexcept {
        return one.words == other.words && one.step == other.step;
    }
};

/// `step` is in percent.
Gist gist_of(const sdk::Report& report, int step);

}  // namespace ajour::drogue_registry

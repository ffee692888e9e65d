// SPDX-License-Identifier: Apache-2.0
// What the programs of this folder are told: `--name number`.
#pragma once

#include <cstdlib>
#include <string_view>

namespace ajour::bench {

/// The number behind `--name`, or the default.
inline unsigned long option(int count, char** words, std::string_view name,
                            unsigned long otherwise) {
    for (int i = 1; i + 1 < count; ++i) {
        if (words[i] == name) return std::strtoul(words[i + 1], nullptr, 10);
    }
    return otherwise;
}

}  // namespace ajour::bench

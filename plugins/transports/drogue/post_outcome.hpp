// SPDX-License-Identifier: Apache-2.0
// What the command interface's status means. Pure.
#pragma once

#include <cstdint>

namespace ajour::drogue {

enum class PostOutcome : std::uint8_t { Accepted, Rejected, Denied, Busy, Failed };

inline PostOutcome outcome_of(int status) noexcept {
    switch (status) {
        case 200:
        case 202:
            return PostOutcome::Accepted;
        case 406:
            return PostOutcome::Rejected;
        case 401:
        case 403:
        case 404:
            return PostOutcome::Denied;
        case 503:
            return PostOutcome::Busy;
        default:
            return PostOutcome::Failed;
    }
}

}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
// One turn with everything in memory: from a device's memory and its status to a step, and what is
// remembered of it. Runs under the lock of the device's shard: no waiting, no plugin, no log.
#pragma once

#include <ajour/sdk/transport.hpp>

#include "firmware/catalog.hpp"
#include "fleet/device.hpp"
#include "protocol/status.hpp"
#include "update/decide.hpp"

#include <memory>

namespace ajour::exchange {

/// What a turn came to, with what the answer is made of.
struct Verdict {
    enum class Outcome : std::uint8_t {
        Decided,
        NotAdmitted,  ///< the registry must be asked who this is
        NotSupplied,  ///< `supply` must be renewed first
        NotLoaded,    ///< the image of the device's flight is on disk, not in memory
    };
    Outcome outcome = Outcome::NotAdmitted;
    update::Step step;
    protocol::Version version;                     ///< of the image that the step is about
    std::shared_ptr<const firmware::Image> image;  ///< likewise
    std::shared_ptr<const firmware::Standing> standing;
    std::shared_ptr<firmware::Supply> supply;
    sdk::Sha256 flight;       ///< for NotLoaded
    bool report_due = false;  ///< the device's shown state changed
    bool flight_due = false;
};

struct TurnInput {
    const protocol::Status& status;
    std::uint32_t room;  ///< as Message::room
    const update::Limits& limits;
    const firmware::Catalog& catalog;
    work::Instant now;
    std::chrono::milliseconds pace;  ///< as Message::pace
    bool last;  ///< decide with what there is, instead of NotSupplied or NotLoaded
};

Verdict take_turn(fleet::Device& device, const TurnInput& input);

}  // namespace ajour::exchange

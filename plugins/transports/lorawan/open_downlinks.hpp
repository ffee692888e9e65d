// SPDX-License-Identifier: Apache-2.0
// The downlinks of which the network server has not told yet what became of them. Pure.
#pragma once

#include <ajour/sdk/device.hpp>

#include "air_budget.hpp"
#include "answer_window.hpp"
#include "fate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace ajour::lorawan {

struct OpenDownlink {
    sdk::DeviceId device;
    lora::Window window;
    std::size_t bytes = 0;
    std::uint32_t port = 0;
    lora::AirBudget::Instant at{};  ///< when its air time was taken
    bool waits = true;              ///< for an uplink, where the server has a queue
};

/// The last one of each device. Where the server has a queue, one that comes too late for its
/// window goes out after the next uplink. Were that uplink answered as well, each later one would
/// be answered one too late, for ever. Of one thread, or under a lock.
class OpenDownlinks {
public:
    explicit OpenDownlinks(std::size_t most) noexcept : most_(most) {}

    /// One goes to the server. Beyond `most` devices another one is forgotten.
    void sent(const std::string& address, OpenDownlink downlink) {
        if (downlinks_.size() >= most_ && !downlinks_.contains(address)) {
            downlinks_.erase(downlinks_.begin());
        }
        downlinks_.insert_or_assign(address, std::move(downlink));
    }
    /// Whether one that waits is the answer to an uplink that came now; it goes with it.
    bool take(const std::string& address) {
        const auto found = downlinks_.find(address);
        return found != downlinks_.end() && std::exchange(found->second.waits, false);
    }
    /// The one that it is told of, which is forgotten unless it is postponed.
    std::optional<OpenDownlink> settle(const Fate& fate);

private:
    const std::size_t most_;
    std::unordered_map<std::string, OpenDownlink> downlinks_;
};

}  // namespace ajour::lorawan

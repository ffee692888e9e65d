// SPDX-License-Identifier: Apache-2.0
// The fetches that run, and who waits for the image of each, so that it is fetched once.
#pragma once

#include <ajour/sdk/release.hpp>

#include "firmware/supply.hpp"
#include "work/clock.hpp"
#include "work/crew.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ajour::firmware {

/// Thread-safe.
class Fetches {
public:
    /// An image from an upstream, which its crew stands for: none waits for another one.
    using Fetch = std::pair<const work::Crew*, sdk::Sha256>;

    struct Waiting {
        std::shared_ptr<Supply> supply;
        sdk::Offer offer;
        work::Instant asked_at;
    };

    /// Whether the caller is to fetch it, and to call `end`; else it waits.
    bool begin(const Fetch& fetch, Waiting waiting);

    /// Gives all that wait.
    std::vector<Waiting> end(const Fetch& fetch);

private:
    std::mutex mutex_;  // guards running_
    std::map<Fetch, std::vector<Waiting>> running_;
};

}  // namespace ajour::firmware

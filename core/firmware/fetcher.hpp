// SPDX-License-Identifier: Apache-2.0
// From an offer to its verified image: out of the cache, or fetched, with room made for it.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/source.hpp>

#include "firmware/cache.hpp"
#include "firmware/image.hpp"
#include "firmware/partial.hpp"
#include "firmware/supplies.hpp"
#include "firmware/supply.hpp"
#include "firmware/withdrawals.hpp"
#include "work/clock.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace ajour::firmware {

class Fetcher {
public:
    struct Parts {
        Cache& cache;
        Supplies& supplies;  ///< those that are idle or rest give way
        const Withdrawals& withdrawals;
        const work::Clock& clock;
        sdk::Metric& fetched;
    };
    struct Limits {
        std::uint64_t image_max;  ///< bytes
        std::chrono::milliseconds timeout;
    };

    Fetcher(Parts parts, const Limits& limits) : parts_(parts), limits_(limits) {}

    /// For the one renewal of the supply that runs. [worker]
    sdk::Result<std::shared_ptr<const Image>> obtain(Supply& supply, const sdk::Offer& offer,
                                                     sdk::SourcePort& source);

private:
    sdk::Result<std::shared_ptr<const Image>> fetch(Supply& supply, const sdk::Offer& offer,
                                                    sdk::SourcePort& source);
    sdk::Result<std::unique_ptr<Partial>> download(Supply& supply, const sdk::Offer& offer,
                                                   sdk::SourcePort& source);
    sdk::Result<std::unique_ptr<Partial>> begin(Supply& supply, const sdk::Offer& offer);
    sdk::Result<void> make_room(std::uint64_t more);
    void give_way();

    Parts parts_;
    const Limits limits_;
};

}  // namespace ajour::firmware

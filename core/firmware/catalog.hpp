// SPDX-License-Identifier: Apache-2.0
// Asks sources what targets mean, fetches and verifies what they offer, and remembers it: once per
// target, however many devices ask. The only place that calls a source.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/source.hpp>

#include "firmware/cache.hpp"
#include "firmware/supplies.hpp"
#include "firmware/supply.hpp"
#include "work/clock.hpp"
#include "work/crew.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
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

class Catalog {
public:
    struct Limits {
        std::uint64_t image_max = 64ULL << 20;      ///< bytes
        std::chrono::milliseconds fresh{10'000};    ///< how long a source's answer holds
        std::chrono::milliseconds backoff{10'000};  ///< after a failure
        std::chrono::milliseconds fetch_timeout{300'000};
        std::size_t targets_max = 10'000;
    };
    struct Counts {
        sdk::Metric& resolved;
        sdk::Metric& fetched;
        sdk::Metric& failed;
        sdk::Metric& targets;
        sdk::Metric& targets_full;
    };

    Catalog(std::vector<SourceHand> sources, Cache& cache, const work::Clock& clock,
            const Limits& limits, Counts counts);

    /// The supply of a target: one for all devices, or one a device when its source answers each;
    /// that source is asked again when the device has other labels.
    /// Null when too many are remembered and all are in use, which is counted. [any]
    std::shared_ptr<Supply> supply(const sdk::Target& target, const sdk::DeviceId& device,
                                   const std::map<std::string, std::string>& labels);

    /// Asks the source again when the supply is no longer fresh; never waits. [any]
    void renew(const std::shared_ptr<Supply>& supply, std::string_view running);

    /// The image when it is mapped and not withdrawn. [any]
    std::shared_ptr<const Image> find(const sdk::Sha256& sha256) const;

    /// Whether `load` could map it. [any]
    bool can_load(const sdk::Sha256& sha256) const;

    /// Maps what an earlier run left on disk, unless withdrawn. [worker]
    void load(const sdk::Sha256& sha256);

    /// Replaces the set of digests that must not be served. [any]
    void withdraw(std::set<sdk::Sha256> withdrawn);

    /// Has all targets of a source resolved again, without waiting for it. [any]
    void expire(const sdk::SourcePort* source);

    /// Forgets the targets that no device has any more, and lets go of their releases. [any]
    void forget_idle();

    /// The source that serves a key, or null.
    const SourceHand* source(std::string_view key) const;

private:
    struct Yield {  // what a renewal came to; no standing: somebody else fetches this very image
                    // now
        std::shared_ptr<const Standing> standing;
        std::chrono::milliseconds holds{0};
    };
    void run(const std::shared_ptr<Supply>& supply, const std::string& running);
    Yield ask(const std::shared_ptr<Supply>& supply, const std::string& running,
              const SourceHand& hand);
    Yield accept(const std::shared_ptr<Supply>& supply, const sdk::Offer& offer,
                 const SourceHand& hand, work::Instant asked_at);
    std::chrono::milliseconds limit_permit(Standing& standing, std::chrono::milliseconds holds,
                                           work::Instant asked_at) const;
    sdk::Result<std::shared_ptr<const Image>> obtain(Supply& supply, const sdk::Offer& offer,
                                                     const SourceHand& hand);
    sdk::Result<std::shared_ptr<const Image>> fetch(Supply& supply, const sdk::Offer& offer,
                                                    const SourceHand& hand);
    sdk::Result<std::unique_ptr<Partial>> download(Supply& supply, const sdk::Offer& offer,
                                                   const SourceHand& hand);
    struct Waiting {  // for an image that somebody else fetches
        std::shared_ptr<Supply> supply;
        sdk::Offer offer;
        work::Instant asked_at;
    };
    sdk::Result<void> make_room(std::uint64_t more);
    void give_way();
    sdk::Result<std::unique_ptr<Partial>> begin(Supply& supply, const sdk::Offer& offer);
    using Fetch = std::pair<const work::Crew*, sdk::Sha256>;
    bool begin_fetch(const Fetch& fetch, Waiting waiting);
    void end_fetch(const Fetch& fetch, const SourceHand& hand, const sdk::Error* error);
    void go_on(Waiting waiting, const SourceHand& hand);
    void post(const std::shared_ptr<Supply>& supply, std::string running);
    void conclude(const std::shared_ptr<Supply>& supply, Yield yield);
    /// `retry` 0: after the back-off; `offer` null: there was none.
    Yield fall_back(const Supply& supply, const sdk::Error& error, std::chrono::seconds retry,
                    const sdk::Offer* offer) const;
    bool is_withdrawn(const sdk::Sha256& sha256) const;
    bool answers_each_device(const sdk::Target& target) const;
    sdk::Permit unspoken_permit(const Supply& supply) const;

    std::map<std::string, SourceHand, std::less<>> by_key_;
    Cache& cache_;
    const work::Clock& clock_;
    const Limits limits_;
    Counts counts_;
    mutable std::mutex mutex_;  // guards all below
    Supplies supplies_;
    std::set<sdk::Sha256> withdrawn_;
    std::map<Fetch, std::vector<Waiting>> fetching_;
};

}  // namespace ajour::firmware

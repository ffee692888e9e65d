// SPDX-License-Identifier: Apache-2.0
// Asks sources what targets mean, fetches and verifies what they offer, and remembers it: once per
// target, however many devices ask. The only place that calls a source.
#pragma once

#include <ajour/sdk/host.hpp>
#include <ajour/sdk/source.hpp>

#include "firmware/cache.hpp"
#include "firmware/fetcher.hpp"
#include "firmware/fetches.hpp"
#include "firmware/source_hand.hpp"
#include "firmware/source_watch.hpp"
#include "firmware/supplies.hpp"
#include "firmware/supply.hpp"
#include "firmware/withdrawals.hpp"
#include "work/clock.hpp"
#include "work/notices.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ajour::firmware {

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
    void forget_idle() { supplies_.forget_idle(); }

    /// Where it says which targets cannot be served. [main]
    void speak_to(work::Notices& notices) noexcept { watch_.speak_to(&notices); }

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
    void answer(std::vector<Fetches::Waiting> all, const SourceHand& hand, const sdk::Error* error);
    void go_on(Fetches::Waiting waiting, const SourceHand& hand);
    void post(const std::shared_ptr<Supply>& supply, std::string running);
    void conclude(const std::shared_ptr<Supply>& supply, Yield yield);
    /// `retry` 0: after the back-off; `offer` null: there was none.
    Yield fall_back(Supply& supply, const sdk::Error& error, std::chrono::seconds retry,
                    const sdk::Offer* offer) const;
    bool answers_each_device(const sdk::Target& target) const;
    sdk::Permit unspoken_permit(const Supply& supply) const;

    std::map<std::string, SourceHand, std::less<>> by_key_;
    Cache& cache_;
    const work::Clock& clock_;
    const Limits limits_;
    Counts counts_;
    SourceWatch watch_;
    Supplies supplies_;
    Withdrawals withdrawals_;
    Fetches fetches_;
    Fetcher fetcher_;
};

}  // namespace ajour::firmware

// SPDX-License-Identifier: Apache-2.0
#include "firmware/catalog.hpp"

#include "firmware/offer_check.hpp"
#include "firmware/standings.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;

namespace {

// How long a permit outlives its freshness, so that a device that is being updated need not wait
// for its renewal.
constexpr std::chrono::seconds permit_grace{1};

std::string key_of(const sdk::Target& target, const sdk::DeviceId& device, bool per_device) {
    std::string key = target.source;
    key.append(1, '\0').append(target.application).append(1, '\0').append(target.spec);
    if (per_device) key.append(1, '\0').append(device.device);
    return key;
}

}  // namespace

Catalog::Catalog(std::vector<SourceHand> sources, Cache& cache, const work::Clock& clock,
                 const Limits& limits, Counts counts)
    : cache_(cache),
      clock_(clock),
      limits_(limits),
      counts_(counts),
      supplies_(limits.targets_max, counts.targets),
      fetcher_({cache, supplies_, withdrawals_, clock, counts.fetched},
               {limits.image_max, limits.fetch_timeout}) {
    for (auto& source : sources) {
        for (const auto& key : source.traits.keys) by_key_.emplace(key, source);
    }
}

const SourceHand* Catalog::source(std::string_view key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
}

std::shared_ptr<Supply> Catalog::supply(const sdk::Target& target, const sdk::DeviceId& device,
                                        const std::map<std::string, std::string>& labels) {
    const bool per_device = answers_each_device(target);
    auto supply = supplies_.find_or_make(key_of(target, device, per_device), [&] {
        auto made = std::make_shared<Supply>(target, device, labels);
        if (per_device) made->replace(unasked_standing(sdk::Permit::Nothing));
        return made;
    });
    if (!supply) {
        counts_.targets_full.add();
    } else if (per_device && supply->take_labels(labels)) {
        supply->expire();
    }
    return supply;
}

bool Catalog::answers_each_device(const sdk::Target& target) const {
    const auto* hand = source(target.source);
    return hand != nullptr && hand->traits.per_device;
}

/// Of a source that has said nothing of what a device has begun. One that answers each device gives
/// its permits itself.
sdk::Permit Catalog::unspoken_permit(const Supply& supply) const {
    return answers_each_device(supply.target()) ? sdk::Permit::Nothing : sdk::Permit::Swap;
}

void Catalog::renew(const std::shared_ptr<Supply>& supply, std::string_view running) {
    if (supply->claim_renewal(clock_.now())) post(supply, std::string(running));
}

void Catalog::post(const std::shared_ptr<Supply>& supply, std::string running) {
    const auto* hand = source(supply->target().source);
    if (hand == nullptr) return run(supply, running);
    auto& crew = hand->crew_for(supply->target());
    const bool posted =
        crew.post([this, supply, running = std::move(running)] { run(supply, running); });
    if (!posted) supply->settle(supply->standing(), clock_.now() + limits_.backoff);
}

void Catalog::run(const std::shared_ptr<Supply>& supply, const std::string& running) {
    Yield yield;
    if (const auto* hand = source(supply->target().source)) {
        yield = ask(supply, running, *hand);
    } else {
        const Error none{ErrorKind::NotFound,
                         "no source serves \"" + supply->target().source + "\""};
        yield = fall_back(*supply, none, std::chrono::seconds(0), nullptr);
    }
    conclude(supply, std::move(yield));
}

void Catalog::conclude(const std::shared_ptr<Supply>& supply, Yield yield) {
    if (yield.standing) supply->settle(std::move(yield.standing), clock_.now() + yield.holds);
}

Catalog::Yield Catalog::ask(const std::shared_ptr<Supply>& supply, const std::string& running,
                            const SourceHand& hand) {
    counts_.resolved.add();
    const auto asked_at = clock_.now();
    const sdk::ResolveRequest request{supply->target(), supply->device(), running,
                                      supply->labels()};
    auto resolution = hand.port->try_resolve(request);
    if (!resolution)
        return fall_back(*supply, resolution.error(), std::chrono::seconds(0), nullptr);
    if (const auto* offer = std::get_if<sdk::Offer>(&*resolution))
        return accept(supply, *offer, hand, asked_at);
    if (const auto* not_yet = std::get_if<sdk::NotYet>(&*resolution)) {
        // Of a source that answers each device, to wait is often what an operator wants.
        if (!hand.traits.per_device) watch_.waits(*supply, not_yet->reason, clock_.now());
        return fall_back(*supply, {ErrorKind::Unavailable, not_yet->reason}, not_yet->retry_after,
                         nullptr);
    }
    watch_.served(*supply);
    const auto poll = std::get<sdk::Nothing>(*resolution).poll;
    return {standing_without(update::Cause::NothingToDo, {}, seconds_for_devices(poll),
                             sdk::Permit::Nothing),
            std::max<std::chrono::milliseconds>(limits_.fresh, poll)};
}

Catalog::Yield Catalog::accept(const std::shared_ptr<Supply>& supply, const sdk::Offer& offer,
                               const SourceHand& hand, work::Instant asked_at) {
    const auto image_max = std::min(limits_.image_max, protocol_size_max);
    if (auto checked = check_bounds(offer, image_max); !checked) {
        return fall_back(*supply, checked.error(), std::chrono::seconds(0), &offer);
    }
    const std::chrono::milliseconds holds =
        offer.fresh_for.count() > 0 ? offer.fresh_for : limits_.fresh;
    if (offer.sha256 && withdrawals_.contains(*offer.sha256)) {
        return {withdrawn_standing(offer.version, unspoken_permit(*supply)), holds};
    }
    const Fetches::Fetch fetch(&hand.crew_for(supply->target()),
                               offer.sha256.value_or(sdk::Sha256{}));
    if (offer.sha256 && !fetches_.begin(fetch, {supply, offer, asked_at})) return {};
    auto image = fetcher_.obtain(*supply, offer, *hand.port);
    if (offer.sha256) answer(fetches_.end(fetch), hand, image ? nullptr : &image.error());
    if (!image) return fall_back(*supply, image.error(), std::chrono::seconds(0), &offer);
    watch_.served(*supply);
    auto standing = standing_with(offer, std::move(*image));
    const auto fresh = limit_permit(*standing, holds, asked_at);
    return {std::move(standing), fresh};
}

/// What a roll-out permits it may take back; how long the standing is fresh, for its fetch took
/// time.
std::chrono::milliseconds Catalog::limit_permit(Standing& standing, std::chrono::milliseconds holds,
                                                work::Instant asked_at) const {
    if (standing.assignment.empty() || standing.permit == sdk::Permit::Nothing) return holds;
    standing.permit_ends = asked_at + holds + permit_grace;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(standing.permit_ends - clock_.now());
    return std::clamp(left, std::chrono::milliseconds(0), holds);
}

/// Those who waited have the image now. After a failure they fail alike, instead of asking the same
/// server in turn.
void Catalog::answer(std::vector<Fetches::Waiting> all, const SourceHand& hand,
                     const Error* error) {
    for (auto& waiting : all) {
        if (error == nullptr) {
            go_on(std::move(waiting), hand);
        } else {
            conclude(waiting.supply,
                     fall_back(*waiting.supply, *error, std::chrono::seconds(0), &waiting.offer));
        }
    }
}

void Catalog::go_on(Fetches::Waiting waiting, const SourceHand& hand) {
    const auto supply = waiting.supply;
    const bool posted =
        hand.crew_for(supply->target()).post([this, waiting = std::move(waiting), &hand] {
            conclude(waiting.supply, accept(waiting.supply, waiting.offer, hand, waiting.asked_at));
        });
    if (!posted) supply->settle(supply->standing(), clock_.now() + limits_.backoff);
}

Catalog::Yield Catalog::fall_back(Supply& supply, const Error& error, std::chrono::seconds retry,
                                  const sdk::Offer* offer) const {
    counts_.failed.add();
    if (retry.count() == 0) watch_.failed(supply, error);
    const auto before = supply.standing();
    std::shared_ptr<Standing> standing;
    if (before->image && !withdrawals_.contains(before->image->sha256())) {
        standing = std::make_shared<Standing>(*before);
        standing->problem = error.text;
    } else {
        const auto cause =
            retry.count() > 0 ? update::Cause::NotReady : update::Cause::SourceFailed;
        standing = standing_without(cause, error.text, seconds_for_devices(retry),
                                    unspoken_permit(supply));
    }
    if (offer != nullptr) standing->failing = mark_of(*offer);
    return {std::move(standing), retry.count() > 0 ? retry : limits_.backoff};
}

std::shared_ptr<const Image> Catalog::find(const sdk::Sha256& sha256) const {
    return withdrawals_.contains(sha256) ? nullptr : cache_.find(sha256);
}

bool Catalog::can_load(const sdk::Sha256& sha256) const {
    return !withdrawals_.contains(sha256) && cache_.has(sha256);
}

void Catalog::load(const sdk::Sha256& sha256) {
    if (!withdrawals_.contains(sha256)) (void)cache_.load(sha256);
}

void Catalog::withdraw(std::set<sdk::Sha256> withdrawn) {
    withdrawals_.replace(std::move(withdrawn));
    supplies_.visit_all([&](const auto& supply) {
        supply->expire();
        const auto standing = supply->standing();
        if (!standing->image || !withdrawals_.contains(standing->image->sha256())) return;
        supply->replace(withdrawn_standing(standing->release.version, unspoken_permit(*supply)));
    });
}

void Catalog::expire(const sdk::SourcePort* port) {
    std::vector<std::shared_ptr<Supply>> expired;
    supplies_.visit_all([&](const auto& supply) {
        const auto* hand = source(supply->target().source);
        if (hand == nullptr || hand->port != port) return;
        supply->expire();
        expired.push_back(supply);
    });
    for (const auto& supply : expired) renew(supply, {});
}

}  // namespace ajour::firmware

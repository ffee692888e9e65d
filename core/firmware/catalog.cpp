// SPDX-License-Identifier: Apache-2.0
#include "firmware/catalog.hpp"

#include <utility>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::uint64_t protocol_size_max = UINT32_MAX;  // offsets on the wire are u32
constexpr std::size_t version_max = 255;
// How long a permit outlives its freshness, so that a device that is being updated need not wait
// for its renewal.
constexpr std::chrono::seconds permit_grace{1};

std::string key_of(const sdk::Target& target, const sdk::DeviceId& device, bool per_device) {
    std::string key = target.source;
    key.append(1, '\0').append(target.application).append(1, '\0').append(target.spec);
    if (per_device) key.append(1, '\0').append(device.device);
    return key;
}

std::uint32_t seconds_for_devices(std::chrono::seconds wanted) {
    constexpr std::int64_t week = 7 * 24 * 3600;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(wanted.count(), 0, week));
}

Result<void> check_bounds(const sdk::Offer& offer, std::uint64_t image_max) {
    if (offer.version.empty() || offer.version.size() > version_max) {
        return Error{ErrorKind::Mismatch, "a version of " + std::to_string(offer.version.size()) +
                                              " bytes, expected 1 to " +
                                              std::to_string(version_max)};
    }
    if (offer.size && (*offer.size == 0 || *offer.size > image_max)) {
        return Error{ErrorKind::Mismatch, "an image of " + std::to_string(*offer.size) +
                                              " bytes, expected 1 to " + std::to_string(image_max)};
    }
    return {};
}

Result<void> check_measured(const sdk::Offer& offer, std::uint64_t size,
                            const sdk::Sha256& sha256) {
    if (size == 0) return Error{ErrorKind::Mismatch, "the image is empty"};
    if (offer.size && *offer.size != size) {
        return Error{ErrorKind::Mismatch, "the image has " + std::to_string(size) +
                                              " bytes, expected " + std::to_string(*offer.size)};
    }
    if (offer.sha256 && *offer.sha256 != sha256) {
        return Error{ErrorKind::Mismatch,
                     "the image has SHA-256 " + sha256.hex() + ", expected " + offer.sha256->hex()};
    }
    return {};
}

bool may_resume(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
}

std::uint32_t stamp_of(const sdk::Offer& offer, const std::optional<sdk::Sha256>& sha256) {
    auto text = offer.version;
    text.append(1, '\0').append(offer.assignment).append(1, '\0');
    if (sha256) text.append(sdk::text_of(sdk::ByteView(sha256->bytes)));
    return static_cast<std::uint32_t>(std::hash<std::string>()(text)) | 1U;
}

OfferMark mark_of(const sdk::Offer& offer) {
    return {offer.version, offer.assignment, stamp_of(offer, offer.sha256)};
}

std::shared_ptr<Standing> standing_without(update::Cause cause, std::string problem,
                                           std::uint32_t retry, sdk::Permit permit) {
    auto standing = std::make_shared<Standing>();
    standing->permit = permit;
    standing->absent = cause;
    standing->asked = true;
    standing->problem = std::move(problem);
    standing->retry = retry;
    return standing;
}

std::shared_ptr<const Standing> unasked_standing(sdk::Permit permit) {
    Standing standing;
    standing.permit = permit;
    return std::make_shared<const Standing>(std::move(standing));
}

std::shared_ptr<const Standing> withdrawn_standing(const std::string& version, sdk::Permit permit) {
    return standing_without(update::Cause::Withdrawn, "release " + version + " was withdrawn", 0,
                            permit);
}

}  // namespace

work::Crew& SourceHand::crew_for(const sdk::Target& target) const {
    if (crews.size() == 1) return *crews.front();
    const auto upstream = port->try_upstream_of(target);
    return *crews[upstream ? *upstream % crews.size() : 0];
}

Catalog::Catalog(std::vector<SourceHand> sources, Cache& cache, const work::Clock& clock,
                 const Limits& limits, Counts counts)
    : cache_(cache),
      clock_(clock),
      limits_(limits),
      counts_(counts),
      supplies_(limits.targets_max) {
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
    auto key = key_of(target, device, per_device);
    std::shared_ptr<Supply> idle;  // ends after the lock
    const std::lock_guard lock(mutex_);
    if (auto found = supplies_.find(key)) {
        if (per_device && found->take_labels(labels)) found->expire();
        return found;
    }
    if (supplies_.is_full()) idle = supplies_.take_one_idle();
    if (supplies_.is_full()) {
        counts_.targets_full.add();
        return nullptr;
    }
    auto made = std::make_shared<Supply>(target, device, labels);
    if (per_device) made->replace(unasked_standing(sdk::Permit::Nothing));
    supplies_.add(std::move(key), made);
    counts_.targets.set(static_cast<std::int64_t>(supplies_.size()));
    return made;
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

void Catalog::forget_idle() {
    std::vector<std::shared_ptr<Supply>> idle;  // ends after the lock
    const std::lock_guard lock(mutex_);
    idle = supplies_.take_idle();
    counts_.targets.set(static_cast<std::int64_t>(supplies_.size()));
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
        return fall_back(*supply, {ErrorKind::Unavailable, not_yet->reason}, not_yet->retry_after,
                         nullptr);
    }
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
    if (offer.sha256 && is_withdrawn(*offer.sha256)) {
        return {withdrawn_standing(offer.version, unspoken_permit(*supply)), holds};
    }
    const Fetch fetch(&hand.crew_for(supply->target()), offer.sha256.value_or(sdk::Sha256{}));
    if (offer.sha256 && !begin_fetch(fetch, {supply, offer, asked_at})) return {};
    auto image = obtain(*supply, offer, hand);
    if (offer.sha256) end_fetch(fetch, hand, image ? nullptr : &image.error());
    if (!image) return fall_back(*supply, image.error(), std::chrono::seconds(0), &offer);
    auto standing = std::make_shared<Standing>();
    standing->release = {offer.version, (*image)->bytes().size(), (*image)->sha256()};
    standing->image = std::move(*image);
    standing->asked = true;
    standing->permit = offer.permit;
    standing->assignment = offer.assignment;
    standing->stamp = stamp_of(offer, standing->release.sha256);
    standing->warning = offer.warning;
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

/// Per upstream, so that none waits for another one.
bool Catalog::begin_fetch(const Fetch& fetch, Waiting waiting) {
    const std::lock_guard lock(mutex_);
    const auto [place, first] = fetching_.try_emplace(fetch);
    if (!first) place->second.push_back(std::move(waiting));
    return first;
}

/// Those who waited have the image now. After a failure they fail alike, instead of asking the same
/// server in turn.
void Catalog::end_fetch(const Fetch& fetch, const SourceHand& hand, const Error* error) {
    std::vector<Waiting> all;
    {
        const std::lock_guard lock(mutex_);
        const auto place = fetching_.find(fetch);
        all.swap(place->second);
        fetching_.erase(place);
    }
    for (auto& waiting : all) {
        if (error == nullptr) {
            go_on(std::move(waiting), hand);
        } else {
            conclude(waiting.supply,
                     fall_back(*waiting.supply, *error, std::chrono::seconds(0), &waiting.offer));
        }
    }
}

void Catalog::go_on(Waiting waiting, const SourceHand& hand) {
    const auto supply = waiting.supply;
    const bool posted =
        hand.crew_for(supply->target()).post([this, waiting = std::move(waiting), &hand] {
            conclude(waiting.supply, accept(waiting.supply, waiting.offer, hand, waiting.asked_at));
        });
    if (!posted) supply->settle(supply->standing(), clock_.now() + limits_.backoff);
}

Result<std::shared_ptr<const Image>> Catalog::obtain(Supply& supply, const sdk::Offer& offer,
                                                     const SourceHand& hand) {
    if (offer.sha256) {
        auto known = cache_.load(*offer.sha256);
        if (known) {
            if (auto same = check_measured(offer, (*known)->bytes().size(), (*known)->sha256());
                !same) {
                return same.error();
            }
            return known;
        }
    } else if (const auto before = supply.standing();
               before->image && supply.leftover.measured_origin == offer.origin) {
        return before
            ->image;  // measured at an earlier renewal, and the source names the same thing
    }
    return fetch(supply, offer, hand);
}

Result<std::shared_ptr<const Image>> Catalog::fetch(Supply& supply, const sdk::Offer& offer,
                                                    const SourceHand& hand) {
    auto partial = download(supply, offer, hand);
    if (!partial) return partial.error().in("fetching " + offer.version);
    const auto size = (*partial)->size();
    const auto sha256 = (*partial)->finish();
    if (!sha256) return sha256.error();
    if (auto checked = check_measured(offer, size, *sha256); !checked) {
        return checked.error().in("verifying " + offer.version);
    }
    if (is_withdrawn(*sha256)) return Error{ErrorKind::Refused, "the release was withdrawn"};
    if (auto room = make_room(0); !room) return room.error();
    auto image = cache_.take(**partial, *sha256);
    if (image && !offer.sha256) supply.leftover.measured_origin = offer.origin;
    return image;
}

Result<void> Catalog::make_room(std::uint64_t more) {
    auto made = cache_.make_room(more);
    if (made || made.error().kind != ErrorKind::Full) return made;
    give_way();
    return cache_.make_room(more);
}

/// Releases of forgotten targets are not in use, and what is left of an interrupted fetch can be
/// fetched again.
void Catalog::give_way() {
    forget_idle();
    std::vector<std::unique_ptr<Partial>> interrupted;  // ends after the lock
    const std::lock_guard lock(mutex_);
    for (const auto& supply : supplies_.all()) interrupted.push_back(supply->take_interrupted());
}

/// The file of an interrupted fetch of the same thing, or a new one; with room for the whole image
/// as far as its size is known.
Result<std::unique_ptr<Partial>> Catalog::begin(Supply& supply, const sdk::Offer& offer) {
    auto partial = std::move(supply.leftover.partial);
    if (partial && supply.leftover.partial_origin != offer.origin) partial.reset();
    const auto there = partial ? partial->size() : 0;
    const auto size = offer.size.value_or(0);
    if (auto room = make_room(size - std::min(size, there)); !room) return room.error();
    if (partial) return partial;
    return cache_.begin(offer.size.value_or(std::min(limits_.image_max, protocol_size_max)));
}

Result<std::unique_ptr<Partial>> Catalog::download(Supply& supply, const sdk::Offer& offer,
                                                   const SourceHand& hand) {
    counts_.fetched.add();
    auto begun = begin(supply, offer);
    if (!begun) return begun.error();
    auto partial = std::move(*begun);
    const auto deadline = clock_.now() + limits_.fetch_timeout;
    partial->give_up_when([this, deadline] { return clock_.now() > deadline; });
    partial->ask_for_room([this](std::uint64_t more) { return make_room(more); });
    auto fetched = hand.port->try_fetch(offer, *partial, partial->size());
    if (fetched) return partial;
    if (may_resume(fetched.error()) && partial->size() > 0) {
        partial->rest();
        supply.leftover.partial = std::move(partial);
        supply.leftover.partial_origin = offer.origin;
    }
    return fetched.error();
}

Catalog::Yield Catalog::fall_back(const Supply& supply, const Error& error,
                                  std::chrono::seconds retry, const sdk::Offer* offer) const {
    counts_.failed.add();
    const auto before = supply.standing();
    std::shared_ptr<Standing> standing;
    if (before->image && !is_withdrawn(before->image->sha256())) {
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
    return is_withdrawn(sha256) ? nullptr : cache_.find(sha256);
}

bool Catalog::can_load(const sdk::Sha256& sha256) const {
    return !is_withdrawn(sha256) && cache_.has(sha256);
}

void Catalog::load(const sdk::Sha256& sha256) {
    if (!is_withdrawn(sha256)) (void)cache_.load(sha256);
}

void Catalog::withdraw(std::set<sdk::Sha256> withdrawn) {
    const std::lock_guard lock(mutex_);
    withdrawn_ = std::move(withdrawn);
    for (const auto& supply : supplies_.all()) {
        supply->expire();
        const auto standing = supply->standing();
        if (!standing->image || !withdrawn_.contains(standing->image->sha256())) continue;
        supply->replace(withdrawn_standing(standing->release.version, unspoken_permit(*supply)));
    }
}

void Catalog::expire(const sdk::SourcePort* port) {
    std::vector<std::shared_ptr<Supply>> expired;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& supply : supplies_.all()) {
            const auto* hand = source(supply->target().source);
            if (hand == nullptr || hand->port != port) continue;
            supply->expire();
            expired.push_back(supply);
        }
    }
    for (const auto& supply : expired) renew(supply, {});
}

bool Catalog::is_withdrawn(const sdk::Sha256& sha256) const {
    const std::lock_guard lock(mutex_);
    return withdrawn_.contains(sha256);
}

}  // namespace ajour::firmware

// SPDX-License-Identifier: Apache-2.0
#include "firmware/fetcher.hpp"

#include "firmware/offer_check.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

bool may_resume(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
}

}  // namespace

Result<std::shared_ptr<const Image>> Fetcher::obtain(Supply& supply, const sdk::Offer& offer,
                                                     sdk::SourcePort& source) {
    if (offer.sha256) {
        auto known = parts_.cache.load(*offer.sha256);
        if (known) {
            if (auto same = check_measured(offer, (*known)->bytes().size(), (*known)->sha256());
                !same) {
                return same.error();
            }
            return known;
        }
    } else if (const auto before = supply.standing();
               before->image && supply.leftover.measured_origin == offer.origin) {
        return before->image;  // measured at an earlier renewal, and it is the same thing
    }
    return fetch(supply, offer, source);
}

Result<std::shared_ptr<const Image>> Fetcher::fetch(Supply& supply, const sdk::Offer& offer,
                                                    sdk::SourcePort& source) {
    auto partial = download(supply, offer, source);
    if (!partial) return partial.error().in("fetching " + offer.version);
    const auto size = (*partial)->size();
    const auto sha256 = (*partial)->finish();
    if (!sha256) return sha256.error();
    if (auto checked = check_measured(offer, size, *sha256); !checked) {
        return checked.error().in("verifying " + offer.version);
    }
    if (parts_.withdrawals.contains(*sha256))
        return Error{ErrorKind::Refused, "the release was withdrawn"};
    if (auto room = make_room(0); !room) return room.error();
    auto image = parts_.cache.take(**partial, *sha256);
    if (image && !offer.sha256) supply.leftover.measured_origin = offer.origin;
    return image;
}

Result<void> Fetcher::make_room(std::uint64_t more) {
    auto made = parts_.cache.make_room(more);
    if (made || made.error().kind != ErrorKind::Full) return made;
    give_way();
    return parts_.cache.make_room(more);
}

/// Releases of forgotten targets are not in use, and what is left of an interrupted fetch can be
/// fetched again.
void Fetcher::give_way() {
    parts_.supplies.forget_idle();
    std::vector<std::unique_ptr<Partial>> interrupted;  // ends after the lock
    parts_.supplies.visit_all([&](const auto& supply) {
        if (auto partial = supply->take_interrupted()) interrupted.push_back(std::move(partial));
    });
}

/// The file of an interrupted fetch of the same thing, or a new one; with room for the whole image
/// as far as its size is known.
Result<std::unique_ptr<Partial>> Fetcher::begin(Supply& supply, const sdk::Offer& offer) {
    auto partial = std::move(supply.leftover.partial);
    if (partial && supply.leftover.partial_origin != offer.origin) partial.reset();
    const auto there = partial ? partial->size() : 0;
    const auto size = offer.size.value_or(0);
    if (auto room = make_room(size - std::min(size, there)); !room) return room.error();
    if (partial) return partial;
    return parts_.cache.begin(offer.size.value_or(std::min(limits_.image_max, protocol_size_max)));
}

Result<std::unique_ptr<Partial>> Fetcher::download(Supply& supply, const sdk::Offer& offer,
                                                   sdk::SourcePort& source) {
    parts_.fetched.add();
    auto begun = begin(supply, offer);
    if (!begun) return begun.error();
    auto partial = std::move(*begun);
    const auto deadline = parts_.clock.now() + limits_.timeout;
    partial->give_up_when([this, deadline] { return parts_.clock.now() > deadline; });
    partial->ask_for_room([this](std::uint64_t more) { return make_room(more); });
    auto fetched = source.try_fetch(offer, *partial, partial->size());
    if (fetched) return partial;
    if (may_resume(fetched.error()) && partial->size() > 0) {
        partial->rest();
        supply.leftover.partial = std::move(partial);
        supply.leftover.partial_origin = offer.origin;
    }
    return fetched.error();
}

}  // namespace ajour::firmware

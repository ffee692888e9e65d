// SPDX-License-Identifier: Apache-2.0
#include "firmware/standings.hpp"

#include <ajour/sdk/bytes.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace ajour::firmware {
namespace {

std::uint32_t stamp_of(const sdk::Offer& offer, const std::optional<sdk::Sha256>& sha256) {
    auto text = offer.version;
    text.append(1, '\0').append(offer.assignment).append(1, '\0');
    if (sha256) text.append(sdk::text_of(sdk::ByteView(sha256->bytes)));
    return static_cast<std::uint32_t>(std::hash<std::string>()(text)) | 1U;
}

}  // namespace

OfferMark mark_of(const sdk::Offer& offer) {
    return {offer.version, offer.assignment, stamp_of(offer, offer.sha256)};
}

std::shared_ptr<Standing> standing_with(const sdk::Offer& offer,
                                        std::shared_ptr<const Image> image) {
    auto standing = std::make_shared<Standing>();
    standing->release = {offer.version, image->bytes().size(), image->sha256()};
    standing->image = std::move(image);
    standing->asked = true;
    standing->permit = offer.permit;
    standing->assignment = offer.assignment;
    standing->stamp = stamp_of(offer, standing->release.sha256);
    standing->warning = offer.warning;
    return standing;
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

std::uint32_t seconds_for_devices(std::chrono::seconds wanted) {
    constexpr std::int64_t week = 7 * 24 * 3600;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(wanted.count(), 0, week));
}

}  // namespace ajour::firmware

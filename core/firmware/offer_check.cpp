// SPDX-License-Identifier: Apache-2.0
#include "firmware/offer_check.hpp"

#include <string>

namespace ajour::firmware {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t version_max = 255;

}  // namespace

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

}  // namespace ajour::firmware

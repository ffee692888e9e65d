// SPDX-License-Identifier: Apache-2.0
// What is made of a source's answer: the standing of a target. Pure.
#pragma once

#include <ajour/sdk/release.hpp>

#include "firmware/image.hpp"
#include "firmware/supply.hpp"
#include "update/step.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace ajour::firmware {

/// Which offer it is; before its image was measured, by the digest that it names.
OfferMark mark_of(const sdk::Offer& offer);

std::shared_ptr<Standing> standing_with(const sdk::Offer& offer,
                                        std::shared_ptr<const Image> image);

std::shared_ptr<Standing> standing_without(update::Cause cause, std::string problem,
                                           std::uint32_t retry, sdk::Permit permit);

/// Before the source was asked at all.
std::shared_ptr<const Standing> unasked_standing(sdk::Permit permit);

std::shared_ptr<const Standing> withdrawn_standing(const std::string& version, sdk::Permit permit);

/// As devices are told; a week at most.
std::uint32_t seconds_for_devices(std::chrono::seconds wanted);

}  // namespace ajour::firmware

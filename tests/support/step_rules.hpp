// SPDX-License-Identifier: Apache-2.0
// What must hold of each step, whatever the situation.
#pragma once

#include "update/decide.hpp"

#include <algorithm>
#include <string>

namespace ajour::support {

inline const update::Image& chosen(const update::Situation& situation, update::Choice choice) {
    return choice == update::Choice::Target ? *situation.target : *situation.previous;
}

inline bool is_there(const update::Situation& situation, update::Choice choice) {
    return choice == update::Choice::Target ? situation.target.has_value()
                                            : situation.previous.has_value();
}

/// Whether this server alone would have served what the device claims to hold, and did not.
inline bool has_a_hole(const update::Situation& situation, const update::Image& image,
                       std::uint32_t offset) {
    return situation.limits.replicas == update::Replicas::One && image.served &&
           offset > *image.served;
}

inline std::uint32_t room_at(const update::Room& room, std::uint32_t offset) {
    return offset == 0 ? room.at_start : room.at_offset;
}

inline std::string broken_rule(const update::Situation& situation, const update::NeedBlock& block) {
    if (!is_there(situation, block.image)) return "a block of an image that is not there";
    const auto& image = chosen(situation, block.image);
    const auto& claim = situation.claim;
    const auto& limits = situation.limits;
    if (block.length == 0) return "an empty block";
    if (block.offset > image.size || block.length > image.size - block.offset) {
        return "a block outside of the image";
    }
    if (block.length > limits.block_max) return "a block above the limit";
    if (block.length > (claim.mtu.value_or(0) > 0 ? *claim.mtu : limits.block_default)) {
        return "a block above the device's mtu";
    }
    if (situation.room && block.length > room_at(*situation.room, block.offset)) {
        return "a block above the link's room";
    }
    if (block.offset != 0 && (claim.writing != image.version || block.offset != claim.offset)) {
        return "a block that the device did not ask for";
    }
    if (has_a_hole(situation, image, block.offset)) return "a block that leaves a hole";
    if (image.permit == sdk::Permit::Nothing) return "a block without permit";
    return {};
}

inline std::string broken_rule(const update::Situation& situation,
                               const update::Complete& complete) {
    if (!is_there(situation, complete.image)) return "a swap to an image that is not there";
    const auto& image = chosen(situation, complete.image);
    const auto& claim = situation.claim;
    if (claim.writing != image.version || claim.offset != image.size || image.size == 0) {
        return "a swap before all bytes are there";
    }
    if (image.differs) return "a swap to a mixture of two images";
    if (has_a_hole(situation, image, claim.offset)) return "a swap to an image with a hole";
    if (image.permit != sdk::Permit::Swap) return "a swap without permit";
    return {};
}

/// The rule that the step breaks, or nothing.
inline std::string broken_rule(const update::Situation& situation, const update::Step& step) {
    if (const auto* block = std::get_if<update::NeedBlock>(&step)) {
        return broken_rule(situation, *block);
    }
    if (const auto* complete = std::get_if<update::Complete>(&step)) {
        return broken_rule(situation, *complete);
    }
    if (const auto* later = std::get_if<update::Later>(&step)) {
        return later->seconds == 0 ? "a wait of no time" : "";
    }
    if (!situation.target || situation.claim.running != situation.target->version) {
        return "in sync with something else";
    }
    return std::get<update::InSync>(step).poll == 0 ? "a sync that asks for no pause" : "";
}

}  // namespace ajour::support

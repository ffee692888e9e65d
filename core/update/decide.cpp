// SPDX-License-Identifier: Apache-2.0
#include "update/decide.hpp"

#include <algorithm>

namespace ajour::update {

namespace {

std::uint32_t at_least_one(std::uint32_t seconds) noexcept {
    return std::max<std::uint32_t>(seconds, 1);
}

Later wait(const Situation& situation, std::uint32_t usual, Cause cause) noexcept {
    return {at_least_one(situation.retry > 0 ? situation.retry : usual), cause};
}

bool is_a_fault(Cause cause) noexcept {
    return cause != Cause::NoTarget && cause != Cause::NothingToDo;
}

Later without_target(const Situation& situation) noexcept {
    const auto& limits = situation.limits;
    const auto usual = is_a_fault(situation.absent) ? limits.backoff : limits.poll;
    return wait(situation, usual, situation.absent);
}

/// The most data bytes that device, link and limits allow in one block.
std::uint32_t most_bytes(const Situation& situation, std::uint32_t offset) noexcept {
    const auto mtu = situation.claim.mtu.value_or(0);
    const auto most =
        std::min(mtu > 0 ? mtu : situation.limits.block_default, situation.limits.block_max);
    if (!situation.room) return most;
    return std::min(most, offset == 0 ? situation.room->at_start : situation.room->at_offset);
}

Step block(const Situation& situation, Choice choice, const Image& image, std::uint32_t offset,
           bool starts_over = false) noexcept {
    const auto length = block_length(image.size - offset, most_bytes(situation, offset));
    if (length == 0) return wait(situation, situation.limits.backoff, Cause::NoRoom);
    return NeedBlock{choice, offset, length, starts_over};
}

/// A stock device that holds bytes of another image refuses this block, yet reports afterwards that
/// it holds as many of this one. The block ends before that, so that such a report is known for
/// what it is.
Step first_block(const Situation& situation, Choice choice, const Image& image,
                 bool starts_over = false) noexcept {
    const auto held = situation.claim.offset;
    if (!situation.claim.writing || held == 0) return block(situation, choice, image, 0);
    if (held == 1) return wait(situation, situation.limits.poll, Cause::MustRestart);
    auto shorter = situation;
    const auto room = situation.room ? situation.room->at_start : held;
    shorter.room = Room{std::min(room, held - 1), 0};
    return block(shorter, choice, image, 0, starts_over);
}

Step start_over(const Situation& situation, Choice choice, const Image& image) noexcept {
    constexpr std::uint8_t tries = 3;  // more than one, for an answer may be lost
    if (image.starts_over < tries) return first_block(situation, choice, image, true);
    return wait(situation, situation.limits.poll, Cause::MustRestart);
}

/// Where there are other servers, what this one did not serve is no hole.
bool has_a_hole(const Situation& situation, const Image& image) noexcept {
    return situation.limits.replicas == Replicas::One && image.served.has_value() &&
           situation.claim.offset > *image.served;
}

Step carry_on(const Situation& situation, Choice choice, const Image& image) noexcept {
    const auto offset = situation.claim.offset;
    const bool hole = has_a_hole(situation, image);
    if (image.differs || offset > image.size || (hole && image.starts_over > 0)) {
        return start_over(situation, choice, image);
    }
    if (hole) return wait(situation, situation.limits.poll, Cause::MustRestart);
    if (offset < image.size) return block(situation, choice, image, offset);
    if (image.permit != sdk::Permit::Swap) {
        return wait(situation, situation.limits.poll, Cause::NotPermitted);
    }
    return Complete{choice};
}

bool finishes_previous(const Situation& situation) noexcept {
    return situation.limits.retarget == Retarget::Finish && situation.previous.has_value() &&
           situation.claim.writing == situation.previous->version;
}

/// What a device has begun it finishes also when nothing takes its place, unless its source takes
/// it back.
bool finishes_without_target(const Situation& situation) noexcept {
    return finishes_previous(situation) && situation.absent != Cause::NothingToDo &&
           situation.previous->permit != sdk::Permit::Nothing;
}

Step serve(const Situation& situation, Choice choice, const Image& image) noexcept {
    if (image.size == 0) return wait(situation, situation.limits.backoff, Cause::SourceFailed);
    if (image.permit == sdk::Permit::Nothing) {
        return wait(situation, situation.limits.poll, Cause::NotPermitted);
    }
    const bool half_way = situation.claim.writing == image.version;
    return half_way ? carry_on(situation, choice, image) : first_block(situation, choice, image);
}

}  // namespace

std::uint32_t block_length(std::uint32_t rest, std::uint32_t most) noexcept {
    const auto length = std::min(rest, most);
    if (length >= 8) return length - length % 8;
    if (length >= 4) return 4;
    return length;
}

Step decide(const Situation& situation) noexcept {
    if (!situation.target) {
        if (!finishes_without_target(situation)) return without_target(situation);
        return serve(situation, Choice::Previous, *situation.previous);
    }
    if (situation.claim.running == situation.target->version) {
        return InSync{at_least_one(situation.limits.poll)};
    }
    if (finishes_previous(situation))
        return serve(situation, Choice::Previous, *situation.previous);
    if (situation.target->reverted) {
        return wait(situation, situation.limits.poll, Cause::Reverted);
    }
    return serve(situation, Choice::Target, *situation.target);
}

std::string_view text_of(Cause cause) noexcept {
    constexpr std::string_view words[] = {
        "NoTarget",     "NothingToDo", "NotReady", "SourceFailed", "RegistryFailed", "Withdrawn",
        "NotPermitted", "MustRestart", "Reverted", "NoRoom",       "TooManyTargets"};
    return words[static_cast<std::uint8_t>(cause)];
}

}  // namespace ajour::update

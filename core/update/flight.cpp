// SPDX-License-Identifier: Apache-2.0
#include "update/flight.hpp"

#include <algorithm>

namespace ajour::update {

namespace {

constexpr std::uint8_t returns_that_stop = 2;

void count(std::uint8_t& number) noexcept {
    if (number < UINT8_MAX) ++number;
}

bool came_back(const Flight& flight, const Claim& claim) noexcept {
    if (!flight.swap_sent) return false;
    const auto writing = claim.writing.value_or("");  // some idle devices name the empty version
    return writing.empty() || (writing == flight.version && claim.offset == 0);
}

void begin(Flight& flight, bool from_start, const sdk::Release& release) {
    flight.version = release.version;
    flight.sha256 = release.sha256;
    flight.size = static_cast<std::uint32_t>(release.size);
    flight.served = 0;
    flight.starts_over = 0;
    flight.from_start = from_start;
    flight.swap_sent = false;
    flight.returns = 0;
}

void follow_block(Flight& flight, const NeedBlock& step) noexcept {
    if (step.starts_over) {
        count(flight.starts_over);
    } else {
        flight.starts_over = 0;
    }
    if (flight.from_start) flight.served = std::max(flight.served, step.offset + step.length);
}

void recall(const Flight& flight, Image& image) noexcept {
    if (flight.from_start) image.served = flight.served;
    image.starts_over = flight.starts_over;
    image.reverted = flight.returns >= returns_that_stop;
}

}  // namespace

Image seen_through(const Flight& flight, const sdk::Release& release, sdk::Permit permit) noexcept {
    Image image;
    image.version = release.version;
    image.size = static_cast<std::uint32_t>(release.size);
    image.permit = permit;
    if (flight.is_of(release.sha256)) {
        recall(flight, image);
    } else {
        image.differs = flight.version == release.version;
    }
    return image;
}

Image seen_again(const Flight& flight, sdk::Permit permit) noexcept {
    Image image;
    image.version = flight.version;
    image.size = flight.size;
    image.permit = permit;
    recall(flight, image);
    return image;
}

void hear(Flight& flight, const Claim& claim) noexcept {
    if (flight.version.empty()) return;
    if (claim.running == flight.version) {
        flight = Flight();
    } else if (came_back(flight, claim)) {
        flight.swap_sent = false;
        count(flight.returns);
    }
}

void follow(Flight& flight, const Step& step, const sdk::Release& release) {
    const auto* block = std::get_if<NeedBlock>(&step);
    if (block == nullptr && !std::holds_alternative<Complete>(step)) return;
    if (!flight.is_of(release.sha256))
        begin(flight, block != nullptr && block->offset == 0, release);
    follow_again(flight, step);
}

void follow_again(Flight& flight, const Step& step) noexcept {
    if (const auto* block = std::get_if<NeedBlock>(&step)) follow_block(flight, *block);
    if (std::holds_alternative<Complete>(step)) flight.swap_sent = true;
}

}  // namespace ajour::update

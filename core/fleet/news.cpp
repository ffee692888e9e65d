// SPDX-License-Identifier: Apache-2.0
#include "fleet/news.hpp"

namespace ajour::fleet {

namespace {

using Event = sdk::Observation::Event;

// Bits of Told::steps: ten for the tenths, then one for each event.
constexpr unsigned received_bit = 10, in_sync_bit = 11, reverted_bit = 12;
constexpr unsigned way_mask = (1U << (received_bit + 1)) - 1;

unsigned bit_of(Event event, const Reported& reported) noexcept {
    switch (event) {
        case Event::Received:
            return received_bit;
        case Event::InSync:
            return in_sync_bit;
        case Event::Reverted:
            return reverted_bit;
        default:
            return static_cast<unsigned>(std::uint64_t{10} * reported.offset / reported.size);
    }
}

/// Whether it was told; of the way from the first block to the swap also when a later part was, for
/// a device may begin again.
bool was_told(unsigned steps, unsigned bit) noexcept {
    const auto on_the_way = bit <= received_bit ? (steps & way_mask) >> bit : 0U;
    return on_the_way != 0 || (steps >> bit & 1U) != 0;
}

bool take_step(Told& told, const Reported& reported, const firmware::Standing& standing) noexcept {
    const auto event = event_of(reported);
    if (!event || reported.offer == 0 || reported.offer != standing.stamp) return false;
    if (told.about != reported.offer) told = {reported.offer, told.failed, 0};
    const auto bit = bit_of(*event, reported);
    if (was_told(told.steps, bit)) return false;
    told.steps = static_cast<std::uint16_t>(told.steps | 1U << bit);
    return true;
}

bool take_failure(Told& told, const firmware::Standing& standing) noexcept {
    if (standing.failing.stamp == 0 || told.failed == standing.failing.stamp) return false;
    told.failed = standing.failing.stamp;
    return true;
}

}  // namespace

std::optional<Event> event_of(const Reported& reported) noexcept {
    if (reported.finishing) return std::nullopt;  // an image of an offer that is gone
    if (reported.in_sync) return Event::InSync;
    if (reported.waiting && reported.cause == update::Cause::Reverted) return Event::Reverted;
    if (!reported.updating || reported.size == 0) return std::nullopt;
    return reported.offset >= reported.size ? Event::Received : Event::Progress;
}

News take_news(Told& told, const Reported& reported, const firmware::Standing* standing) noexcept {
    if (standing == nullptr) return {};
    return {take_step(told, reported, *standing), take_failure(told, *standing)};
}

void put_back_news(Told& told, const Reported& reported, const News& news) noexcept {
    if (news.failure) told.failed = 0;
    const auto event = event_of(reported);
    if (!news.step || !event || told.about != reported.offer) return;
    told.steps = static_cast<std::uint16_t>(told.steps & ~(1U << bit_of(*event, reported)));
}

}  // namespace ajour::fleet

// SPDX-License-Identifier: Apache-2.0
#include "fleet/pace.hpp"

#include <algorithm>

namespace ajour::fleet {

namespace {

constexpr float weight = 0.25F;  // of the last block among those before it
constexpr float least = 1e-6F;   // as 0 stands for none
constexpr std::uint32_t block_max = (1U << 24) - 1;
constexpr std::uint32_t same_minute = 60;

std::int64_t second_of(work::Instant instant) noexcept {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

/// Other servers may have sent some of what was gained.
void learn(Pace& pace, std::int64_t gained, work::Instant now) noexcept {
    const auto blocks = std::max<std::int64_t>(gained / std::max<std::int64_t>(pace.block, 1), 1);
    const std::chrono::duration<float> passed = now - pace.since;
    const auto each = std::max(passed.count() / static_cast<float>(blocks), least);
    pace.seen = pace.seen > 0 ? pace.seen + weight * (each - pace.seen) : each;
}

std::uint32_t bounded(std::chrono::milliseconds time) noexcept {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(time.count(), 0, UINT32_MAX));
}

std::uint32_t end_of(const sdk::Delay& delay, work::Instant now) noexcept {
    constexpr std::int64_t longest = Pace::never - 1;
    if (delay.time == sdk::Delay::forever) return Pace::never;
    const auto time = std::clamp<std::int64_t>(delay.time.count(), 0, longest);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(second_of(now) + time, 1, longest));
}

}  // namespace

void keep_pace(Pace& pace, const Advance& advance, work::Instant now) noexcept {
    const bool was_on = pace.since != work::Instant{};
    if (was_on && advance.gained > 0) learn(pace, advance.gained, now);
    if (!advance.goes_on) {
        pace.since = {};
    } else if (!was_on || advance.gained != 0) {
        pace.since = now;
    }
    if (!advance.goes_on || advance.gained != 0) {
        pace.delay_end = 0;
        pace.drop = 0;
    }
    if (advance.block > 0) pace.block = std::min(advance.block, block_max) & block_max;
    pace.budget = bounded(advance.budget);
}

bool note_delay(Pace& pace, const sdk::Delay& delay, work::Instant now) noexcept {
    const auto end = end_of(delay, now);
    const auto share = static_cast<std::uint32_t>(delay.share);
    const auto differs = std::max(end, pace.delay_end) - std::min(end, pace.delay_end);
    const bool is_known = share == pace.share && pace.delay_end != 0 && differs < same_minute;
    pace.delay_end = end;
    pace.share = share & 0xfU;
    return !is_known;
}

bool note_drop(Pace& pace, sdk::Drop drop) noexcept {
    const auto word = static_cast<std::uint32_t>(drop) + 1;
    const bool is_news = pace.drop != word;
    pace.drop = word & 0xfU;
    return is_news;
}

}  // namespace ajour::fleet

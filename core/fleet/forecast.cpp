// SPDX-License-Identifier: Apache-2.0
#include "fleet/forecast.hpp"

#include "update/decide.hpp"

#include <algorithm>

namespace ajour::fleet {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr float weight = 0.25F;  // as if the block that is due came now
constexpr Seconds century = std::chrono::hours(24 * 36525);

std::uint32_t blocks_of(std::uint32_t bytes, std::uint32_t block) noexcept {
    if (block == 0) return 0;
    auto blocks = bytes / block;
    for (auto rest = bytes % block; rest > 0; ++blocks) rest -= update::block_length(rest, block);
    return blocks;
}

/// A block that lets itself be waited for slows the pace down more and more.
Seconds seen_by_now(const Pace& pace, Seconds waited) noexcept {
    const Seconds seen(pace.seen);
    return waited > seen ? seen + static_cast<double>(weight) * (waited - seen) : seen;
}

std::optional<Forecast::Delay> delay_of(const Pace& pace, work::Instant now) noexcept {
    if (pace.delay_end == 0) return std::nullopt;
    const auto share = static_cast<sdk::Delay::Share>(pace.share);
    if (pace.delay_end == Pace::never) return Forecast::Delay{share, std::nullopt};
    const std::chrono::seconds end(pace.delay_end);
    const auto rest = std::chrono::ceil<std::chrono::seconds>(end - now.time_since_epoch());
    if (rest <= std::chrono::seconds::zero()) return std::nullopt;
    return Forecast::Delay{share, rest};
}

/// The block that was sent last is among those left.
std::optional<std::chrono::seconds> rest_of(const Forecast& forecast, Seconds each,
                                            Seconds waited) noexcept {
    if (forecast.blocks == 0 || each <= Seconds::zero() || forecast.never_ends()) {
        return std::nullopt;
    }
    auto first = each - std::min(each, waited);
    if (forecast.delay) first = std::max(first, Seconds(*forecast.delay->rest));
    const auto rest = first + each * (forecast.blocks - 1);
    if (rest > century) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(rest);
}

}  // namespace

Forecast foresee(const Pace& pace, std::uint32_t left, work::Instant now) noexcept {
    Forecast forecast;
    forecast.blocks = blocks_of(left, pace.block);
    forecast.delay = delay_of(pace, now);
    if (pace.drop != 0) forecast.drop = static_cast<sdk::Drop>(pace.drop - 1);
    const bool waits = pace.since != work::Instant{} && now > pace.since;
    const auto waited = waits ? Seconds(now - pace.since) : Seconds::zero();
    const auto seen = pace.seen > 0 ? seen_by_now(pace, waited) : Seconds::zero();
    const Seconds budget = std::chrono::milliseconds(pace.budget);
    const auto each = std::max(seen, budget);
    if (each > Seconds::zero()) {
        forecast.by = seen >= budget ? Forecast::By::Seen : Forecast::By::Budget;
    }
    forecast.each = std::chrono::ceil<std::chrono::milliseconds>(each);
    forecast.rest = rest_of(forecast, each, waited);
    return forecast;
}

}  // namespace ajour::fleet

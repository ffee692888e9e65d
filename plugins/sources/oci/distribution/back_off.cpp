// SPDX-License-Identifier: Apache-2.0
#include "distribution/back_off.hpp"

#include <algorithm>

namespace ajour::oci {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t LongestUnasked = 300'000;  // milliseconds
constexpr unsigned MostDoublings = 9;

}  // namespace

std::optional<BackOff::Rest> BackOff::rest(Instant now) const {
    if (now >= until_) return std::nullopt;
    return Rest{std::chrono::ceil<std::chrono::seconds>(until_ - now), reason_};
}

void BackOff::failed(Instant now, std::chrono::seconds asked, double chance, std::string reason) {
    if (now >= until_) ++failures_;  // those that were under way together count once
    const auto doubled = std::int64_t{1000} << std::min(failures_ - 1, MostDoublings);
    const auto unasked = static_cast<double>(std::min(doubled, LongestUnasked));
    const auto wait = asked.count() > 0
                          ? static_cast<double>(asked.count()) * 1000 * (1 + chance / 5)
                          : unasked * (1 + chance) / 2;
    until_ = std::max(until_, now + milliseconds(static_cast<std::int64_t>(wait)));
    reason_ = std::move(reason);
}

void BackOff::succeeded() {
    failures_ = 0;
}

}  // namespace ajour::oci

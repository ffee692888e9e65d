// SPDX-License-Identifier: Apache-2.0
#include "distribution/rests.hpp"

#include <algorithm>

namespace ajour::oci {

namespace {

constexpr std::size_t RepositoriesThatSpeakForAll = 3;
constexpr std::chrono::seconds LongestAsked{3600};  // a day would be a mistake, or no friend's

}  // namespace

std::optional<BackOff::Rest> Rests::rest(const std::string& repository, Instant now) {
    if (auto of_all = registry_.rest(now)) return of_all;
    const auto known = repositories_.find(repository);
    return known ? known->rest(now) : std::nullopt;
}

void Rests::failed(const std::string& repository, const Failure& failure, Instant now,
                   double chance) {
    const auto asked = std::min(failure.asked, LongestAsked);
    auto back_off = repositories_.find(repository).value_or(BackOff());
    back_off.failed(now, asked, chance, failure.reason);
    repositories_.put(repository, std::move(back_off));
    if (fail_in_a_row_.size() < RepositoriesThatSpeakForAll) fail_in_a_row_.insert(repository);
    if (!failure.of_all && fail_in_a_row_.size() < RepositoriesThatSpeakForAll) return;
    is_limited_ = is_limited_ || failure.of_all;
    registry_.failed(now, asked, chance, "the OCI registry fails: " + failure.reason);
}

void Rests::succeeded(const std::string& repository) {
    repositories_.forget(repository);
    fail_in_a_row_.clear();
    registry_.succeeded();
    is_limited_ = false;
}

void Rests::wake(const std::string& repository) {
    repositories_.forget(repository);
    fail_in_a_row_.erase(repository);
    if (!is_limited_) registry_ = BackOff();
}

}  // namespace ajour::oci

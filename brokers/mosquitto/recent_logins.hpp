// SPDX-License-Identifier: Apache-2.0
// Logins that were right a moment ago, so that a fleet that reconnects is not asked for twice.
// Keeps no password, only a digest under a key that never leaves this object. Bounded: the oldest
// go first.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string_view>

namespace ajour::broker {

using Instant = std::chrono::steady_clock::time_point;

class RecentLogins {
public:
    /// An age of nothing remembers nothing. Throws std::runtime_error when there is no randomness.
    RecentLogins(std::chrono::seconds age, std::size_t max);

    bool knows(std::string_view user, std::string_view password, Instant now);

    /// Does not make a login that is known last any longer.
    void remember(std::string_view user, std::string_view password, Instant now);

    std::size_t size() const noexcept { return until_.size(); }

private:
    using Digest = std::array<std::uint8_t, 32>;

    Digest digest_of(std::string_view user, std::string_view password) const;
    void forget_oldest();
    void forget_aged(Instant now);

    const std::chrono::seconds age_;
    const std::size_t max_;
    Digest key_{};
    std::map<Digest, Instant> until_;
    std::deque<Digest> by_age_;  // the oldest first: all last equally long
};

}  // namespace ajour::broker

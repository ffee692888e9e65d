// SPDX-License-Identifier: Apache-2.0
// What is known of images, whichever device they were fetched for: those that do not verify, and
// the SHA-256 of those that were promised other hashes only. Bounded. Knows no bytes.
#pragma once

#include <ajour/sdk/release.hpp>

#include "choice.hpp"
#include "controller.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace ajour::hawkbit {

/// Thread-safe.
class Images {
public:
    struct Trouble {
        int tries = 0;  ///< that did not verify
        std::string why;
        Instant until{};  ///< not to be fetched before
    };

    /// What is wrong with it; absent: nothing.
    std::optional<Trouble> trouble(const Chosen& chosen, Instant now) const;
    void failed(const Chosen& chosen, bool unverified, std::string why, Instant now);
    void verified(const Chosen& chosen, const std::string& sha256);

    /// As promised, or as measured.
    std::optional<sdk::Sha256> sha256(const Chosen& chosen) const;

    /// For one without SHA-256: true for the first who asks, who then fetches and measures it.
    bool claim_measuring(const Chosen& chosen, Instant now);

private:
    struct Known {
        Trouble trouble;
        Instant failed_at{};
        std::string sha256;
        Instant measuring_until{};
    };
    static constexpr std::size_t KnownMax = 1000;
    Known& known(const Chosen& chosen);

    mutable std::mutex mutex_;  // guards known_
    std::map<std::string, Known> known_;
};

/// Digits as a digest; absent when they are none.
std::optional<sdk::Sha256> digest_of(const std::string& hex);

}  // namespace ajour::hawkbit

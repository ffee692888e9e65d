// SPDX-License-Identifier: Apache-2.0
// Remembers which peers have proven that they receive what is sent to their address. A table of
// fixed size in which a new peer takes the place of the one that proved itself the longest ago
// among the few that share its bucket.
#pragma once

#include "peer.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace ajour::coap {

class VerifiedPeers {
public:
    using Time = std::chrono::milliseconds;

    /// Knows at least `most` peers, rounded up, and each for `lifetime`.
    VerifiedPeers(std::size_t most, Time lifetime, const SipKey& key);

    bool knows(const Peer& peer, Time now) const noexcept;
    void remember(const Peer& peer, Time now) noexcept;

    static std::size_t bytes_per_peer() noexcept { return sizeof(Entry); }

private:
    struct Entry {
        Peer peer;
        Time until{-1};
    };
    static constexpr std::size_t places = 8;
    using Bucket = std::array<Entry, places>;

    std::size_t bucket_of(const Peer& peer) const noexcept;

    const SipKey key_;
    const Time lifetime_;
    std::vector<Bucket> buckets_;
};

}  // namespace ajour::coap

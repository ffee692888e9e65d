// SPDX-License-Identifier: Apache-2.0
#include "verified_peers.hpp"

#include <algorithm>
#include <bit>

namespace ajour::coap {

VerifiedPeers::VerifiedPeers(std::size_t most, Time lifetime, const SipKey& key)
    : key_(key),
      lifetime_(lifetime),
      buckets_(std::bit_ceil(std::max<std::size_t>(1, (most + places - 1) / places))) {}

bool VerifiedPeers::knows(const Peer& peer, Time now) const noexcept {
    return std::ranges::any_of(buckets_[bucket_of(peer)], [&](const Entry& entry) {
        return entry.until >= now && entry.peer == peer;
    });
}

void VerifiedPeers::remember(const Peer& peer, Time now) noexcept {
    auto& bucket = buckets_[bucket_of(peer)];
    auto place = std::ranges::find(bucket, peer, &Entry::peer);
    if (place == bucket.end()) place = std::ranges::min_element(bucket, {}, &Entry::until);
    *place = {peer, now + lifetime_};
}

std::size_t VerifiedPeers::bucket_of(const Peer& peer) const noexcept {
    SipHash hash(key_);
    peer.add_to(hash);
    return hash.finish() & (buckets_.size() - 1);
}

}  // namespace ajour::coap

// SPDX-License-Identifier: Apache-2.0
// Bodies that travel block by block (RFC 7959), each known by its peer and by what is asked for,
// never by a token. Bounded: the one that rested the longest makes room.
#pragma once

#include <ajour/sdk/bytes.hpp>

#include "peer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

namespace ajour::coap {

struct Transfer {
    Peer peer;
    std::uint64_t request = 0;  ///< digest of the request's options

    friend bool operator==(const Transfer&, const Transfer&) = default;
};

class Transfers {
public:
    using Time = std::chrono::milliseconds;

    Transfers(std::size_t most, Time lifetime, const SipKey& key)
        : most_(most), lifetime_(lifetime), index_(0, Hash{key}) {}

    /// The body so far; null when there is none. Valid until the next `begin` or `end`.
    sdk::Bytes* find(const Transfer& transfer, Time now);

    /// An empty body in place of what there was. True when another one had to make room.
    bool begin(const Transfer& transfer, Time now);

    void end(const Transfer& transfer);

    std::size_t count() const noexcept { return bodies_.size(); }

private:
    struct Body {
        Transfer transfer;
        sdk::Bytes bytes;
        Time touched;
    };
    struct Hash {
        SipKey key;
        std::size_t operator()(const Transfer& transfer) const noexcept {
            SipHash hash(key);
            transfer.peer.add_to(hash);
            return hash.add(transfer.request).finish();
        }
    };

    const std::size_t most_;
    const Time lifetime_;
    std::list<Body> bodies_;  ///< the one touched last in front
    std::unordered_map<Transfer, std::list<Body>::iterator, Hash> index_;
};

}  // namespace ajour::coap

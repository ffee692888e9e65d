// SPDX-License-Identifier: Apache-2.0
// The value of the Echo option (RFC 9175): who sends it back has received it, not long ago. Holds
// no state: the value is the time, and a keyed hash of it and of the peer.
#pragma once

#include "peer.hpp"

#include <array>
#include <chrono>
#include <cstdint>

namespace ajour::coap {

class EchoStamp {
public:
    using Time = std::chrono::milliseconds;
    using Value = std::array<std::uint8_t, 12>;

    /// Values count for `lifetime`.
    EchoStamp(Time lifetime, const SipKey& key) noexcept : lifetime_(lifetime), key_(key) {}

    Value value_for(const Peer& peer, Time now) const noexcept;
    bool proves(sdk::ByteView value, const Peer& peer, Time now) const noexcept;

private:
    Value value_of(const Peer& peer, std::uint32_t second) const noexcept;

    const Time lifetime_;
    const SipKey key_;
};

}  // namespace ajour::coap

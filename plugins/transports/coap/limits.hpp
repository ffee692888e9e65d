// SPDX-License-Identifier: Apache-2.0
// What an operator may set, as plain numbers. Must not know where they come from.
#pragma once

#include <chrono>
#include <cstddef>

namespace ajour::coap {

/// Of one endpoint: bounds of the whole transport are divided among its threads.
struct Limits {
    std::size_t datagram_bytes = 1152;    ///< of an answer
    std::size_t body_bytes = 4096;        ///< of a request put together from blocks
    std::size_t memory_bytes = 64 << 20;  ///< for answers that may be asked for again
    std::size_t exchanges = 10000;        ///< that wait for the host, or for the peer
    std::size_t transfers = 1000;         ///< block by block, of requests and of answers each
    std::size_t verified = 200000;        ///< peers whose address is proven
    std::chrono::milliseconds lifetime{247'000};  ///< of an exchange (RFC 7252 section 4.8.2)
    std::chrono::milliseconds verified_for{3'600'000};
    std::chrono::milliseconds acknowledge{1'000};  ///< until an empty acknowledgement
    std::chrono::milliseconds retransmit{2'000};   ///< until the first retransmission
    std::chrono::milliseconds answer{10'000};      ///< for the host when the device names no `ct`
    std::chrono::milliseconds answer_max{60'000};  ///< for the host whatever `ct` says
    std::chrono::milliseconds stop{2'000};         ///< for running turns at stop
    int retransmissions = 4;
    bool authenticates = true;  ///< credentials are asked for
    bool bounds_amplification = true;
};

/// Of the secured sessions of one thread.
struct SessionLimits {
    std::size_t sessions = 100000;  ///< established, at rest or not
    std::size_t live = 1000;        ///< of these not at rest
    std::size_t handshakes = 500;   ///< under way
    unsigned handshake_share = 25;  ///< percent of them that one address may hold when few are left
    std::size_t datagram_bytes = 1152;
    std::chrono::milliseconds handshake{30'000};
    std::chrono::milliseconds idle{86'400'000};
};

}  // namespace ajour::coap

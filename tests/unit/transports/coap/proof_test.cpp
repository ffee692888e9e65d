// SPDX-License-Identifier: Apache-2.0
// How a peer proves its address, and how long that counts.
#include "echo_stamp.hpp"
#include "verified_peers.hpp"

#include <gtest/gtest.h>

namespace ajour::coap {
namespace {

using namespace std::chrono_literals;

constexpr SipKey key{1, 2};

Peer peer(std::uint16_t port, std::uint8_t host = 1) {
    Peer made;
    made.address[15] = host;
    made.port = port;
    return made;
}

TEST(EchoStamp, proves_the_peer_that_got_it_for_a_while) {
    const EchoStamp stamp(60s, key);
    const auto value = stamp.value_for(peer(1), 100s);
    EXPECT_TRUE(stamp.proves(value, peer(1), 100s));
    EXPECT_TRUE(stamp.proves(value, peer(1), 160s));
    EXPECT_FALSE(stamp.proves(value, peer(1), 161s));
    EXPECT_FALSE(stamp.proves(value, peer(1), 99s));
    EXPECT_FALSE(stamp.proves(value, peer(2), 100s));
    EXPECT_FALSE(stamp.proves(value, peer(1, 2), 100s));
    EXPECT_FALSE(EchoStamp(60s, {1, 3}).proves(value, peer(1), 100s));
}

TEST(EchoStamp, is_not_proven_by_what_is_changed_or_cut) {
    const EchoStamp stamp(60s, key);
    const auto value = stamp.value_for(peer(1), 100s);
    for (std::size_t i = 0; i < value.size(); ++i) {
        auto changed = value;
        changed[i] ^= 1;
        EXPECT_FALSE(stamp.proves(changed, peer(1), 100s)) << i;
    }
    EXPECT_FALSE(stamp.proves({}, peer(1), 100s));
    EXPECT_FALSE(stamp.proves(sdk::ByteView(value).first(11), peer(1), 100s));
}

TEST(VerifiedPeers, are_known_for_a_while) {
    VerifiedPeers peers(100, 60s, key);
    EXPECT_FALSE(peers.knows(peer(1), 0s));
    peers.remember(peer(1), 10s);
    EXPECT_TRUE(peers.knows(peer(1), 70s));
    EXPECT_FALSE(peers.knows(peer(1), 71s));
    EXPECT_FALSE(peers.knows(peer(2), 10s));
    peers.remember(peer(1), 65s);
    EXPECT_TRUE(peers.knows(peer(1), 71s));
}

TEST(VerifiedPeers, give_way_to_newer_ones) {
    VerifiedPeers peers(8, 60s, key);
    for (std::uint16_t port = 1; port <= 9; ++port) {
        peers.remember(peer(port), std::chrono::seconds(port));
    }
    EXPECT_FALSE(peers.knows(peer(1), 10s));
    for (std::uint16_t port = 2; port <= 9; ++port) EXPECT_TRUE(peers.knows(peer(port), 10s));
}

TEST(VerifiedPeers, are_mostly_all_known_up_to_the_bound) {
    VerifiedPeers peers(10000, 60s, key);
    for (std::uint16_t port = 1; port <= 8000; ++port) peers.remember(peer(port), 1s);
    int known = 0;
    for (std::uint16_t port = 1; port <= 8000; ++port) known += peers.knows(peer(port), 1s) ? 1 : 0;
    EXPECT_GT(known, 7900);
}

}  // namespace
}  // namespace ajour::coap

// SPDX-License-Identifier: Apache-2.0
#include "peer.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace ajour::coap {
namespace {

sockaddr_storage ipv4(const char* ip, std::uint16_t port) {
    sockaddr_storage address{};
    auto& made = reinterpret_cast<sockaddr_in&>(address);
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    ::inet_pton(AF_INET, ip, &made.sin_addr);
    return address;
}

sockaddr_storage ipv6(const char* ip, std::uint16_t port, std::uint32_t scope = 0) {
    sockaddr_storage address{};
    auto& made = reinterpret_cast<sockaddr_in6&>(address);
    made.sin6_family = AF_INET6;
    made.sin6_port = htons(port);
    made.sin6_scope_id = scope;
    ::inet_pton(AF_INET6, ip, &made.sin6_addr);
    return address;
}

std::string text_of(const sockaddr_storage& address) {
    return std::string(PeerText(peer_of(address)).view());
}

TEST(Peer, looks_the_same_through_sockets_of_both_families) {
    EXPECT_EQ(peer_of(ipv4("192.0.2.1", 5)), peer_of(ipv6("::ffff:192.0.2.1", 5)));
    EXPECT_FALSE(peer_of(ipv4("192.0.2.1", 5)) == peer_of(ipv4("192.0.2.1", 6)));
}

TEST(Peer, is_written_without_its_port) {
    EXPECT_EQ(text_of(ipv4("192.0.2.255", 5)), "192.0.2.255");
    EXPECT_EQ(text_of(ipv6("::ffff:10.0.0.1", 5)), "10.0.0.1");
    EXPECT_EQ(text_of(ipv6("2001:db8::1", 5)), "2001:db8::1");
}

TEST(Peer, gives_back_the_address_that_it_came_from) {
    for (const auto& from : {ipv4("192.0.2.1", 1234), ipv6("fe80::1", 4321, 7)}) {
        sockaddr_storage back{};
        const auto length = address_of(peer_of(from), from.ss_family, back);
        EXPECT_EQ(std::memcmp(&from, &back, length), 0);
    }
}

}  // namespace
}  // namespace ajour::coap

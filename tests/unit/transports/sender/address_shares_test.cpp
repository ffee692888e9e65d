// SPDX-License-Identifier: Apache-2.0
#include "address_shares.hpp"

#include <gtest/gtest.h>

namespace ajour::sender {

namespace {

Address ipv4(std::uint8_t last) {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, last};
}

Address ipv6(std::uint8_t network, std::uint8_t host) {
    return {0x20, 1, 0xd, 0xb8, 0, 0, 0, network, 0, 0, 0, 0, 0, 0, 0, host};
}

int taken(AddressShares& shares, const Address& address, int wanted) {
    int count = 0;
    for (; count < wanted && shares.may_take(address); ++count) shares.take(address);
    return count;
}

TEST(AddressShares, bind_nobody_as_long_as_there_is_room) {
    AddressShares shares(100, 10);
    EXPECT_EQ(taken(shares, ipv4(1), 1000), 75);
}

TEST(AddressShares, leave_the_rest_to_others) {
    AddressShares shares(100, 10);
    taken(shares, ipv4(1), 1000);
    EXPECT_EQ(taken(shares, ipv4(2), 1000), 10);
    EXPECT_EQ(taken(shares, ipv4(3), 1000), 10);
}

TEST(AddressShares, are_free_again_when_they_are_given_back) {
    AddressShares shares(100, 10);
    taken(shares, ipv4(1), 1000);
    for (int i = 0; i < 70; ++i) shares.give_back(ipv4(1));
    EXPECT_EQ(taken(shares, ipv4(2), 1000), 70);
    EXPECT_EQ(taken(shares, ipv4(1), 1000), 5) << "it holds 5 of its 10";
    shares.give_back(ipv4(9));
    EXPECT_FALSE(shares.may_take(ipv4(1))) << "who holds none gives none back";
}

TEST(AddressShares, are_one_for_all_addresses_of_a_network_of_ipv6) {
    AddressShares shares(100, 10);
    taken(shares, ipv6(1, 1), 1000);
    EXPECT_FALSE(shares.may_take(ipv6(1, 2)));
    EXPECT_TRUE(shares.may_take(ipv6(2, 1)));
    EXPECT_TRUE(shares.may_take(ipv4(1)));
}

TEST(AddressShares, are_of_one_place_at_least) {
    AddressShares small(4, 10);
    EXPECT_EQ(taken(small, ipv4(1), 1000), 3);
    EXPECT_EQ(taken(small, ipv4(2), 1000), 1);
    AddressShares one(1, 10);
    EXPECT_EQ(taken(one, ipv4(1), 1000), 1);
}

TEST(AddressShares, are_all_where_they_are_a_hundred_percent) {
    AddressShares shares(100, 100);
    EXPECT_EQ(taken(shares, ipv4(1), 99), 99);
}

}  // namespace

}  // namespace ajour::sender

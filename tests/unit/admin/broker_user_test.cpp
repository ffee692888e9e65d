// SPDX-License-Identifier: Apache-2.0
#include "admin/broker_user.hpp"

#include <gtest/gtest.h>

namespace ajour::admin {
namespace {

using sdk::DeviceId;

TEST(DeviceOfUser, is_named_as_in_its_topics) {
    EXPECT_EQ(device_of_user("lamps/lamp-1"), DeviceId("lamps", "lamp-1"));
    EXPECT_EQ(device_of_user("lamps/lamp@1%41"), DeviceId("lamps", "lamp@1%41"));
}

TEST(DeviceOfUser, is_named_as_for_the_other_transports) {
    EXPECT_EQ(device_of_user("lamp-1@lamps"), DeviceId("lamps", "lamp-1"));
    EXPECT_EQ(device_of_user("a%40b%2Fc@lamps"), DeviceId("lamps", "a@b/c"));
    EXPECT_EQ(device_of_user("50%@lamps"), DeviceId("lamps", "50%"));
    EXPECT_EQ(device_of_user("%zz%4@lamps"), DeviceId("lamps", "%zz%4"));
}

TEST(DeviceOfUser, is_nobodys_where_there_is_no_device) {
    for (const std::string user : {"", "ajour", "/", "lamps/", "/lamp-1", "@", "@lamps", "lamp-1@",
                                   "lamps/\x01", "lamps/\xff", "%00@lamps"}) {
        EXPECT_EQ(device_of_user(user), std::nullopt) << user;
    }
    EXPECT_EQ(device_of_user("lamps/" + std::string(256, 'a')), std::nullopt);
    EXPECT_EQ(device_of_user(std::string("lamps/a\0b", 9)), std::nullopt);
}

TEST(DeviceOfUser, is_nobodys_where_the_name_would_reach_into_another_topic) {
    for (const std::string user :
         {"lamps/gateway/as/lamp-1", "lamps/+", "+/lamp-1", "lamps/#", "#/a", "lamps//lamp-1"}) {
        EXPECT_EQ(device_of_user(user), std::nullopt) << user;
    }
}

TEST(PlainAddress, has_one_form_for_each_peer) {
    EXPECT_EQ(plain_address("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(plain_address("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(plain_address("::FFFF:c000:201"), "192.0.2.1");
    EXPECT_EQ(plain_address("2001:DB8:0:0::1"), "2001:db8::1");
    EXPECT_EQ(plain_address("fe80::1%eth0"), "fe80::1");
    EXPECT_EQ(plain_address("::1"), "::1");
}

TEST(PlainAddress, is_nothing_for_what_is_no_address) {
    for (const std::string text :
         {"", "localhost", "192.0.2.1:1883", "[::1]", "${peerhost}", "192.0.2"}) {
        EXPECT_EQ(plain_address(text), std::nullopt) << text;
    }
    EXPECT_EQ(plain_address(std::string("192.0.2.1\0x", 11)), "192.0.2.1");
}

}  // namespace
}  // namespace ajour::admin

// SPDX-License-Identifier: Apache-2.0
#include "broker_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::mqtt_client {
namespace {

std::string read(std::string_view text) {
    const auto address = parse_broker_address(text);
    if (!address) return address.error().text;
    return address->text() + (address->tls ? " with TLS" : "");
}

TEST(BrokerAddress, is_a_url_of_mqtt) {
    EXPECT_EQ(read("mqtt://broker.example:1234"), "broker.example:1234");
    EXPECT_EQ(read("mqtts://broker.example:1234"), "broker.example:1234 with TLS");
    EXPECT_EQ(read("mqtt://10.0.0.1:1"), "10.0.0.1:1");
    EXPECT_EQ(read("mqtt://[::1]:1883"), "[::1]:1883");
}

TEST(BrokerAddress, has_a_port_by_default) {
    EXPECT_EQ(read("mqtt://broker"), "broker:1883");
    EXPECT_EQ(read("mqtts://broker"), "broker:8883 with TLS");
    EXPECT_EQ(read("broker"), "broker:1883");
    EXPECT_EQ(read("broker:1234"), "broker:1234");
    EXPECT_EQ(read("mqtts://[fe80::1]"), "[fe80::1]:8883 with TLS");
}

TEST(BrokerAddress, has_nothing_else_in_it) {
    for (const auto* text :
         {"", "mqtt://", "mqtt://:1883", "mqtt://broker:", "mqtt://broker:0", "mqtt://broker:65536",
          "mqtt://broker:x", "mqtt://broker:1883/", "mqtt://broker/topic", "http://broker:80",
          "mqtt://[::1", "mqtt://[::1]x", "mqtt://::1", "mqtt://bro ker", "mqtt://broker:-1",
          "mqtt://broker:+1"}) {
        EXPECT_EQ(read(text),
                  "server: expected mqtt://HOST:PORT or mqtts://HOST:PORT, and nothing else in it")
            << text;
    }
}

TEST(BrokerAddress, is_not_repeated_when_a_password_is_in_it) {
    EXPECT_EQ(read("mqtt://user:secret@broker:1883").find("secret"), std::string::npos);
}

TEST(BrokerAddress, may_be_of_this_machine) {
    for (const auto* host : {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) {
        EXPECT_TRUE(is_loopback(host)) << host;
    }
    for (const auto* host : {"broker.example", "127.0.0.1.example", "10.0.0.1", "localhost.evil"}) {
        EXPECT_FALSE(is_loopback(host)) << host;
    }
}

TEST(BrokerAddress, may_need_no_look_up) {
    EXPECT_TRUE(is_ip_address("10.0.0.1"));
    EXPECT_TRUE(is_ip_address("fe80::1"));
    EXPECT_FALSE(is_ip_address("broker.example"));
}

}  // namespace
}  // namespace ajour::mqtt_client

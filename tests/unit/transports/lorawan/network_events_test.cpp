// SPDX-License-Identifier: Apache-2.0
#include "network_events.hpp"

#include "answer_window.hpp"
#include "chirpstack.hpp"
#include "the_things_stack.hpp"

#include <gtest/gtest.h>

namespace ajour::lorawan {
namespace {

lora::Window window_of(const Uplink& uplink) {
    return lora::window_after({uplink.modulation, uplink.data_rate}, {});
}

TEST(NetworkEvents, of_the_things_stack_tell_of_an_uplink) {
    const TheThingsStack network;
    const auto uplink =
        network.read(network.read_topic("v3/water@acme/devices/meter-7/up"), things_uplink);
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->port, 223U);
    EXPECT_EQ(sdk::text_of(uplink->payload), "status");
    EXPECT_EQ(window_of(*uplink).bytes, 115U);
}

TEST(NetworkEvents, of_the_things_stack_that_are_no_uplinks_carry_no_status) {
    for (const auto& text :
         {things_join, things_failed, things_downlink("queued"), things_downlink("sent"),
          things_downlink("ack"), things_downlink("nack")}) {
        const auto uplink = read_things_uplink(text);
        ASSERT_TRUE(uplink) << uplink.error().text << " in " << text;
        EXPECT_EQ(uplink->port, 0U) << text;
        EXPECT_TRUE(uplink->payload.empty()) << "a downlink is not taken for an uplink: " << text;
    }
}

TEST(NetworkEvents, of_the_things_stack_have_topics_of_which_three_are_read) {
    const TheThingsStack network;
    const std::string begin = "v3/water@acme/devices/meter-7/";
    EXPECT_EQ(network.read_topic(begin + "up").kind, Topic::Kind::Uplink);
    EXPECT_EQ(network.read_topic(begin + "down/sent").kind, Topic::Kind::Fate);
    EXPECT_EQ(network.read_topic(begin + "down/failed").kind, Topic::Kind::Fate);
    for (const auto* end :
         {"up/normalized", "join", "down/queued", "down/ack", "down/nack", "down/invalidated",
          "down/", "down/sent/", "location/solved", "service/sent"}) {
        EXPECT_EQ(network.read_topic(begin + end).kind, Topic::Kind::Other) << end;
    }
}

TEST(NetworkEvents, of_chirpstack_tell_of_an_uplink) {
    const ChirpStack network;
    const auto topic = network.read_topic("application/3f6a/device/0102030405060708/event/up");
    const auto uplink = network.read(topic, chirp_uplink);
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->port, 223U);
    EXPECT_EQ(sdk::text_of(uplink->payload), "status");
    EXPECT_EQ(window_of(*uplink).modulation, (lora::Modulation{11, 125'000}));
    const auto fsk = network.read(topic, chirp_fsk_uplink);
    ASSERT_TRUE(fsk) << fsk.error().text;
    EXPECT_EQ(window_of(*fsk).modulation, lora::Modulation{});
    EXPECT_EQ(window_of(*fsk).bytes, 222U);
}

TEST(NetworkEvents, of_chirpstack_have_topics_of_which_three_are_read) {
    const ChirpStack network;
    const std::string begin = "application/3f6a/device/0102030405060708/event/";
    EXPECT_EQ(network.read_topic(begin + "up").kind, Topic::Kind::Uplink);
    EXPECT_EQ(network.read_topic(begin + "txack").kind, Topic::Kind::Fate);
    EXPECT_EQ(network.read_topic(begin + "log").kind, Topic::Kind::Fate);
    for (const auto* end : {"status", "join", "ack", "location", "integration"}) {
        EXPECT_EQ(network.read_topic(begin + end).kind, Topic::Kind::Other) << end;
    }
}

}  // namespace
}  // namespace ajour::lorawan

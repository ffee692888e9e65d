// SPDX-License-Identifier: Apache-2.0
#include "chirpstack.hpp"

#include "support/uplink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

using support::ChirpUplink;

class ChirpStackTest : public testing::Test {
protected:
    sdk::Result<Uplink> read(const ChirpUplink& text) { return read(text.text(), text.topic()); }
    sdk::Result<Uplink> read(const std::string& body, const std::string& topic) {
        return network.read(network.read_topic(topic), body);
    }

    ChirpStack network;
};

TEST_F(ChirpStackTest, tells_of_an_uplink) {
    const auto uplink = read(ChirpUplink{});
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->application, "water works");
    EXPECT_EQ(uplink->application_id, "3f6a");
    EXPECT_EQ(uplink->tenant, "acme");
    EXPECT_EQ(uplink->device, "meter 7");
    EXPECT_EQ(uplink->device_eui, "0102030405060708");
    EXPECT_EQ(uplink->port, 223U);
    EXPECT_EQ(sdk::text_of(uplink->payload), "status");
    EXPECT_EQ(uplink->modulation, (lora::Modulation{7, 125'000}));
    EXPECT_EQ(uplink->data_rate, 5U);
}

TEST_F(ChirpStackTest, takes_downlinks_into_its_queue) {
    const auto uplink = read(ChirpUplink{});
    ASSERT_TRUE(uplink);
    EXPECT_EQ(network.downlink_topic(*uplink),
              "application/3f6a/device/0102030405060708/command/down");
    const sdk::Bytes payload{1, 2, 255};
    EXPECT_EQ(network.downlink_body(uplink->device_eui, 223, payload),
              R"({"devEui":"0102030405060708","confirmed":false,"fPort":223,"data":"AQL/"})");
}

TEST_F(ChirpStackTest, knows_its_topics) {
    EXPECT_EQ(network.filters("+")[0], "application/+/device/+/event/up");
    EXPECT_EQ(network.filters("+")[1], "application/+/device/+/event/txack");
    EXPECT_EQ(network.read_topic("application/a/device/b/event/txack").kind, Topic::Kind::Fate);
    for (const auto* text :
         {"", "application", "application/a/device/b/event/join", "application/a/device/b/event",
          "application/a/device/b/command/down", "application/a/device/b/event/up/x"}) {
        EXPECT_EQ(network.read_topic(text).kind, Topic::Kind::Other) << text;
    }
}

TEST_F(ChirpStackTest, is_not_read_when_it_is_poison_or_differs_from_its_topic) {
    ChirpUplink text;
    EXPECT_EQ(read(text.text(), "application/other/device/0102030405060708/event/up").error().text,
              "it is of another application");
    EXPECT_EQ(read(text.text(), "application/3f6a/device/ff02030405060708/event/up").error().text,
              "it is of another device");
    auto broken = text.text();
    broken.replace(broken.find(support::base64("status")), 4, "?!?!");
    EXPECT_EQ(read(broken, text.topic()).error().text, "data is no base64");
    for (const auto* eui : {"", "01", "010203040506070g", "01020304050607080", "+"}) {
        ChirpUplink other;
        other.device_eui = eui;
        EXPECT_FALSE(read(other)) << eui;
    }
    for (const auto* port : {R"("fPort":"223",)", R"("fPort":-1,)", R"("fPort":{},)"}) {
        ChirpUplink other;
        other.port = port;
        EXPECT_FALSE(read(other)) << port;
    }
}

TEST_F(ChirpStackTest, may_leave_out_numbers_or_say_absurd_ones) {
    ChirpUplink text;
    text.port = "";
    text.data_rate = R"("dr":18446744073709551615,)";
    text.modulation = R"({"lrFhss":{"codeRate":"4/6"}})";
    const auto uplink = read(text);
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->port, 0U);
    EXPECT_EQ(uplink->data_rate, 0xffffffffU);
    EXPECT_FALSE(uplink->modulation);
}

}  // namespace
}  // namespace ajour::lorawan

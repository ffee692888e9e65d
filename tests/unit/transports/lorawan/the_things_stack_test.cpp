// SPDX-License-Identifier: Apache-2.0
#include "the_things_stack.hpp"

#include "support/uplink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

using support::ThingsUplink;

const std::string topic_text = "v3/water@acme/devices/meter-7/up";

class TheThingsStackTest : public testing::Test {
protected:
    sdk::Result<Uplink> read(const std::string& body, const std::string& topic = topic_text) {
        return network.read(network.read_topic(topic), body);
    }

    TheThingsStack network;
};

TEST_F(TheThingsStackTest, tells_of_an_uplink) {
    const auto uplink = read(ThingsUplink{}.text());
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->application, "water");
    EXPECT_EQ(uplink->application_id, "water@acme");
    EXPECT_EQ(uplink->tenant, "acme");
    EXPECT_EQ(uplink->device, "meter-7");
    EXPECT_EQ(uplink->device_eui, "70B3D57ED0001122");
    EXPECT_EQ(uplink->port, 223U);
    EXPECT_EQ(sdk::text_of(uplink->payload), "status");
    EXPECT_EQ(uplink->modulation, (lora::Modulation{7, 125'000}));
}

TEST_F(TheThingsStackTest, leaves_out_what_is_nothing) {
    ThingsUplink text;
    text.port = "";
    text.payload = "";
    text.data_rate = R"("lrfhss":{"operating_channel_width":137000,"coding_rate":"1/3"})";
    const auto uplink = read(text.text());
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->port, 0U);
    EXPECT_TRUE(uplink->payload.empty());
    EXPECT_FALSE(uplink->modulation);
}

TEST_F(TheThingsStackTest, tells_of_fsk) {
    ThingsUplink text;
    text.data_rate = R"("fsk":{"bit_rate":50000})";
    const auto uplink = read(text.text());
    ASSERT_TRUE(uplink);
    EXPECT_EQ(uplink->modulation, lora::Modulation{});
}

TEST_F(TheThingsStackTest, has_no_tenant_in_the_open_source_edition) {
    const auto uplink = read(ThingsUplink{}.text(), "v3/water/devices/meter-7/up");
    ASSERT_TRUE(uplink);
    EXPECT_EQ(uplink->tenant, "");
    EXPECT_EQ(network.downlink_topic(*uplink), "v3/water/devices/meter-7/down/replace");
}

TEST_F(TheThingsStackTest, takes_downlinks_in_place_of_those_that_wait) {
    const auto uplink = read(ThingsUplink{}.text());
    ASSERT_TRUE(uplink);
    EXPECT_EQ(network.downlink_topic(*uplink), "v3/water@acme/devices/meter-7/down/replace");
    const sdk::Bytes payload{1, 2, 255};
    EXPECT_EQ(network.downlink_body("", 223, payload),
              R"({"downlinks":[{"f_port":223,"frm_payload":"AQL/","priority":"NORMAL"}]})");
    EXPECT_EQ(things_downlink_path(*uplink, "my hook"),
              "/api/v3/as/applications/water/webhooks/my%20hook/devices/meter-7/down/"
              "replace");
}

TEST_F(TheThingsStackTest, knows_its_topics) {
    EXPECT_EQ(network.filters("water@acme")[0], "v3/water@acme/devices/+/up");
    for (const auto* text :
         {"", "v3", "v3/a/devices/b/join", "v3/a/devices/b/up/x", "v2/a/devices/b/up",
          "v3/a/device/b/up", "v3/a/devices/b/down/replace", "/////"}) {
        EXPECT_EQ(network.read_topic(text).kind, Topic::Kind::Other) << text;
    }
}

TEST_F(TheThingsStackTest, is_not_believed_when_body_and_topic_differ) {
    EXPECT_EQ(read(ThingsUplink{}.text(), "v3/other@acme/devices/meter-7/up").error().text,
              "it is of another application");
    EXPECT_EQ(read(ThingsUplink{}.text(), "v3/water@acme/devices/other/up").error().text,
              "it is of another device");
}

TEST_F(TheThingsStackTest, is_not_read_when_it_is_poison) {
    ThingsUplink slash;
    slash.device = "a/../b";
    ThingsUplink dots;
    dots.application = "..";
    ThingsUplink huge;
    huge.port = R"("f_port":99999999999999999999,)";
    ThingsUplink text_port;
    text_port.port = R"("f_port":"223",)";
    ThingsUplink nameless;
    nameless.application = "";
    auto broken = ThingsUplink{}.text();
    broken.replace(broken.find(support::base64("status")), 4, "?!?!");
    for (const auto& text : {std::string("{}"), std::string("[]"), std::string("x"), slash.text(),
                             dots.text(), huge.text(), text_port.text(), nameless.text(), broken}) {
        const auto uplink = read_things_uplink(text);
        ASSERT_FALSE(uplink) << text;
        EXPECT_EQ(uplink.error().kind, sdk::ErrorKind::Malformed);
    }
}

TEST_F(TheThingsStackTest, may_say_absurd_numbers) {
    ThingsUplink text;
    text.port = R"("f_port":18446744073709551615,)";
    text.data_rate = R"("lora":{"bandwidth":18446744073709551615,"spreading_factor":4294967303})";
    const auto uplink = read(text.text());
    ASSERT_TRUE(uplink) << uplink.error().text;
    EXPECT_EQ(uplink->port, 0xffffffffU);
    EXPECT_NE(uplink->modulation->spreading_factor, 7U) << "it is bounded, not cut";
}

}  // namespace
}  // namespace ajour::lorawan

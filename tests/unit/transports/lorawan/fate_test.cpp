// SPDX-License-Identifier: Apache-2.0
#include "fate.hpp"

#include "chirpstack.hpp"
#include "network_events.hpp"
#include "the_things_stack.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

using Kind = Fate::Kind;

sdk::Result<Fate> read_chirp(const std::string& event, const std::string& body) {
    const ChirpStack network;
    const auto topic = "application/3f6a/device/0102030405060708/event/" + event;
    return network.read_fate(network.read_topic(topic), body);
}

TEST(ThingsFate, of_a_downlink_that_was_sent) {
    const auto fate = read_things_fate(things_downlink("sent"));
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Sent);
    EXPECT_EQ(fate->address, "water/meter-7");
    EXPECT_EQ(fate->port, 223U);
    EXPECT_EQ(fate->bytes, 6U);
}

TEST(ThingsFate, of_one_that_is_too_long_tells_what_fits) {
    const auto fate = read_things_fate(things_too_long);
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Dropped);
    EXPECT_EQ(fate->drop, sdk::Drop::TooLong);
    EXPECT_EQ(fate->room, 51U);
    EXPECT_EQ(fate->bytes, 6U);
    EXPECT_EQ(fate->words, "application_downlink_too_long");
    EXPECT_FALSE(read_things_fate(things_failed)->room) << "older servers do not tell";
}

TEST(ThingsFate, of_one_that_no_gateway_could_send_has_the_gateways_word) {
    const auto fate = read_things_fate(things_untransmitted);
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Dropped);
    EXPECT_EQ(fate->drop, sdk::Drop::Gateway);
    EXPECT_EQ(fate->words, "transmission TOO_LATE");
}

TEST(ThingsFate, of_other_messages_is_none) {
    for (const auto& text : {things_join, things_uplink, things_downlink("queued"),
                             things_downlink("ack"), things_downlink("nack")}) {
        const auto fate = read_things_fate(text);
        ASSERT_TRUE(fate) << fate.error().text;
        EXPECT_EQ(fate->kind, Kind::Other) << text;
    }
}

TEST(ThingsFate, by_mqtt_is_of_the_topics_device) {
    const TheThingsStack network;
    const auto read = [&](const std::string& topic) {
        return network.read_fate(network.read_topic(topic), things_too_long);
    };
    EXPECT_TRUE(read("v3/water@acme/devices/meter-7/down/failed"));
    EXPECT_TRUE(read("v3/water/devices/meter-7/down/failed"));
    EXPECT_FALSE(read("v3/water@acme/devices/meter-8/down/failed"));
    EXPECT_FALSE(read("v3/fire@acme/devices/meter-7/down/failed"));
}

TEST(ThingsFate, that_is_broken_is_malformed) {
    const auto with = [](const std::string& more) { return things_ids + more + "}"; };
    const std::string table[] = {
        "",
        "x",
        "[]",
        "{}",
        with(R"("downlink_failed":7)") + "}",
        with(R"("downlink_sent":{"f_port":"223"})"),
        with(R"("downlink_sent":{"f_port":-1})"),
        with(R"("downlink_sent":{"f_port":1.5})"),
        with(R"("downlink_sent":{"f_port":1,"frm_payload":"?"})"),
        with(R"("downlink_failed":{"error":{"name":["x"]}})"),
        with(R"("downlink_failed":{"error":{"name":"x","attributes":{"max":"51"}}})")};
    for (const auto& text : table) {
        const auto fate = read_things_fate(text);
        ASSERT_FALSE(fate) << text;
        EXPECT_EQ(fate.error().kind, sdk::ErrorKind::Malformed);
    }
    const auto huge = read_things_fate(
        with(R"("downlink_failed":{"downlink":{"f_port":18446744073709551615},"error":{"name":")" +
             std::string(5000, '\x7f') + R"("}})"));
    ASSERT_TRUE(huge) << huge.error().text;
    EXPECT_EQ(huge->words, std::string(80, '?'));
    EXPECT_EQ(huge->port, UINT32_MAX);
}

TEST(ChirpStackFate, of_a_downlink_that_was_sent) {
    const auto fate = read_chirp("txack", chirp_sent);
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Sent);
    EXPECT_EQ(fate->address, "0102030405060708");
    EXPECT_FALSE(fate->port || fate->bytes) << "the event does not tell";
}

TEST(ChirpStackFate, of_one_that_is_too_long_tells_what_fits) {
    const auto fate = read_chirp("log", chirp_too_long);
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Dropped);
    EXPECT_EQ(fate->drop, sdk::Drop::TooLong);
    EXPECT_EQ(fate->bytes, 6U);
    EXPECT_EQ(fate->room, 51U);
}

TEST(ChirpStackFate, of_one_that_no_gateway_could_send_is_that_it_waits) {
    const auto fate = read_chirp("log", chirp_untransmitted);
    ASSERT_TRUE(fate) << fate.error().text;
    EXPECT_EQ(fate->kind, Kind::Postponed);
    EXPECT_EQ(fate->drop, sdk::Drop::Gateway);
    EXPECT_EQ(fate->words, "DOWNLINK_GATEWAY, TOO_LATE");
}

TEST(ChirpStackFate, of_other_entries_of_its_log_is_none) {
    for (const auto* code : {"UPLINK_F_CNT_RETRANSMISSION", "OTAA", "F_CNT_DOWN", "EXPIRED", ""}) {
        const auto fate = read_chirp("log", chirp_log(code, "x", ""));
        ASSERT_TRUE(fate) << fate.error().text;
        EXPECT_EQ(fate->kind, Kind::Other) << code;
    }
}

TEST(ChirpStackFate, that_is_broken_is_malformed) {
    const std::string table[] = {"", "{}", "[]", chirp_log("x\",\"code\":7,\"y\":\"", "x", ""),
                                 R"({"deviceInfo":{"applicationId":"3f6a","devEui":"ffff"}})"};
    for (const auto& text : table) {
        for (const auto* event : {"log", "txack"}) {
            const auto fate = read_chirp(event, text);
            ASSERT_FALSE(fate) << text;
            EXPECT_EQ(fate.error().kind, sdk::ErrorKind::Malformed);
        }
    }
}

TEST(ChirpStackFate, with_sizes_that_are_none_is_of_no_size) {
    for (const auto* size : {"", "-1", "6 ", "6.0", "99999999999999999999", "six"}) {
        const auto fate =
            read_chirp("log", chirp_log("DOWNLINK_PAYLOAD_SIZE", "x",
                                        std::string(R"("item_size":")") + size +
                                            R"(","max_payload_size":")" + size + '"'));
        ASSERT_TRUE(fate) << fate.error().text;
        EXPECT_FALSE(fate->bytes || fate->room) << size;
    }
}

}  // namespace
}  // namespace ajour::lorawan

// SPDX-License-Identifier: Apache-2.0
#include "binary_event.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

mqtt_client::UserProperties attributes(const std::string& subject = "dfu") {
    return {{"specversion", "1.0"}, {"id", "1"},       {"type", "io.drogue.event.v1"},
            {"source", "s"},        {"device", "dev"}, {"application", "app"},
            {"subject", subject},   {"sender", "dev"}, {"time", "2023-05-17T12:34:56Z"}};
}

struct Read {
    explicit Read(std::string_view payload, std::string_view type = "application/cbor",
                  mqtt_client::UserProperties given = attributes()) {
        mqtt_client::Incoming message;
        message.payload = sdk::bytes_of(payload);
        message.content_type = type;
        message.user_properties = &given;
        EXPECT_EQ(is_binary_event(message), !given.empty());
        const Routes routes({{"dfu"}, "ttn-gateway", {"223"}, "223"});
        if (!given.empty()) reading = read_binary(message, routes, event);
    }
    std::string content() const { return std::string(sdk::text_of(event.content)); }

    CloudEvent event;
    sdk::Result<Reading> reading{Reading::Event};
};

TEST(BinaryEvent, has_its_attributes_beside_the_payload) {
    const Read read("\xa1");
    EXPECT_TRUE(read.event.check().ok());
    EXPECT_EQ(read.event.device, "dev");
    EXPECT_EQ(read.event.time, "2023-05-17T12:34:56Z");
    EXPECT_EQ(read.content(), "\xa1");
}

TEST(BinaryEvent, may_have_json_for_its_payload) {
    EXPECT_EQ(Read("{ \"version\":\"1\" }", "application/json").content(), "{ \"version\":\"1\" }");
    EXPECT_EQ(Read(R"("{\"version\":\"1\"}")", "application/json; charset=utf-8").content(),
              R"({"version":"1"})");
    EXPECT_EQ(Read("{", "application/json").reading.error().text,
              "its data: it is no JSON from byte 2 on");
    EXPECT_EQ(Read("{", "text/plain").content(), "{");
    EXPECT_EQ(Read("7", "application/json").event.data, CloudEvent::Data::Scalar);
}

TEST(BinaryEvent, gives_the_payload_of_an_uplink) {
    const Read read(R"({"uplink_message":{"frm_payload":"AQI="}})", "application/json",
                    attributes("223"));
    EXPECT_EQ(read.event.uplink_payload, "AQI=");
}

TEST(BinaryEvent, is_of_no_interest_on_another_channel) {
    EXPECT_EQ(*Read("{", "application/json", attributes("temperature")).reading,
              Reading::NotOfInterest);
    EXPECT_EQ(*Read("{", "application/json", {{"specversion", "1.0"}}).reading,
              Reading::NotOfInterest);
}

TEST(BinaryEvent, is_none_without_user_properties) {
    const Read read("x", "", {});
    EXPECT_FALSE(is_binary_event({}));
}

}  // namespace
}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
#include "structured_event.hpp"

#include "support/cloud_event.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::drogue {
namespace {

Routes routes() {
    return Routes({{"dfu"}, "ttn-gateway", {"223", "1"}, "223"});
}

/// What is wrong with an event; empty: nothing.
std::string problem(const std::string& text) {
    CloudEvent event;
    const auto reading = read_structured(text, routes(), event);
    return reading ? "" : reading.error().text;
}

CloudEvent read(const std::string& text) {
    CloudEvent event;
    const auto reading = read_structured(text, routes(), event);
    EXPECT_TRUE(reading.ok()) << reading.error().text;
    return event;
}

std::string content(const std::string& data) {
    support::EventText text;
    text.data = data;
    const auto event = read(text.text());
    return std::string(sdk::text_of(event.content));
}

TEST(StructuredEvent, has_what_the_cloud_writes) {
    const auto event = read(support::EventText::of("my-device", "bytes").text());
    EXPECT_EQ(event.specversion, "1.0");
    EXPECT_EQ(event.id, "0f5ea9d1-2f9c-4f3e-8a61-7c2b4d1a9e33");
    EXPECT_EQ(event.type, "io.drogue.event.v1");
    EXPECT_EQ(event.source, "drogue://app/my-device");
    EXPECT_EQ(event.subject, "dfu");
    EXPECT_EQ(event.application, "app");
    EXPECT_EQ(event.device, "my-device");
    EXPECT_EQ(event.sender, "my-device");
    EXPECT_EQ(event.data, CloudEvent::Data::Bytes);
    EXPECT_TRUE(event.check().ok());
}

TEST(StructuredEvent, gives_what_the_device_sent_in_each_form_of_data) {
    EXPECT_EQ(content(R"("data_base64":"pABFMC4xLjABGQIAAvYD9g==")"),
              std::string("\xa4\x00\x45"
                          "0.1.0\x01\x19\x02\x00\x02\xf6\x03\xf6",
                          16));
    EXPECT_EQ(content(R"("data_base64":"pABFMC4xLjABGQIAAvYD9g")").size(), 16U);
    EXPECT_EQ(content(R"("data":"{\"version\":\"0.1.0\"}")"), R"({"version":"0.1.0"})");
    EXPECT_EQ(content(R"("data":{"version":"0.1.0","mtu":512})"),
              R"({"mtu":512,"version":"0.1.0"})");
    EXPECT_EQ(content(R"("data":["0.1.0",512,null,null])"), R"(["0.1.0",512,null,null])");
    EXPECT_EQ(content(R"("data":"gr\u00fcn")"), "gr\xc3\xbcn");
}

TEST(StructuredEvent, has_no_content_without_data_that_a_status_can_be) {
    for (const auto* data : {R"("data":null)", R"("data":7)", R"("data":-7.5)", R"("data":true)",
                             R"("more":1)", R"("data":"")", R"("data_base64":"")"}) {
        EXPECT_EQ(content(data), "") << data;
    }
}

TEST(StructuredEvent, gives_the_payload_of_an_uplink) {
    support::EventText text;
    text.sender = "ttn-gateway";
    text.subject = "223";
    text.data =
        R"("data":{"end_device_ids":{"device_id":"dev","frm_payload":"no"},"uplink_message":)"
        R"({"f_port":223,"frm_payload":"AQI=","rx_metadata":[{"frm_payload":"no"}],"settings":)"
        R"({"data_rate":{"lora":{"bandwidth":125000,"spreading_factor":12}}}},)"
        R"("frm_payload":"no"})";
    const auto event = read(text.text());
    EXPECT_EQ(event.uplink_payload, "AQI=");
    EXPECT_EQ(event.spreading_factor, 12U);
    EXPECT_EQ(event.bandwidth, 125000U);
    EXPECT_EQ(event.data, CloudEvent::Data::Json);
}

TEST(StructuredEvent, is_not_read_on_when_its_subject_is_of_no_interest) {
    CloudEvent event;
    const auto reading = read_structured(
        R"({"subject":"temperature","data":[[[[[[ this is never looked at)", routes(), event);
    ASSERT_TRUE(reading.ok());
    EXPECT_EQ(*reading, Reading::NotOfInterest);
}

TEST(StructuredEvent, forgets_the_event_before) {
    CloudEvent event;
    (void)read_structured(support::EventText::of("dev", "bytes").text(), routes(), event);
    (void)read_structured("{}", routes(), event);
    EXPECT_EQ(event.device, "");
    EXPECT_EQ(event.content.size(), 0U);
    EXPECT_EQ(event.data, CloudEvent::Data::None);
}

TEST(StructuredEvent, may_have_what_nobody_expects_where_nobody_looks) {
    for (const auto* more :
         {R"("dataschema":"not-absolute")", R"("extension":7)", R"("extension":null)",
          R"("extension":{"device":"other"})", R"("extension":[[["dfu"]]])",
          R"("dataschema":["x"])", R"("datacontenttype":7)", R"("extension":1e308)"}) {
        support::EventText text;
        text.data = std::string(R"("data_base64":"AQI=",)") + more;
        const auto event = read(text.text());
        EXPECT_TRUE(event.check().ok()) << more;
        EXPECT_EQ(event.device, "dev") << more;
        EXPECT_EQ(event.content, sdk::Bytes({1, 2})) << more;
    }
}

struct Poison {
    const char* text;
    const char* problem;
};

TEST(StructuredEvent, is_refused_with_a_reason) {
    const std::string deep(100, '[');
    const Poison table[] = {
        {"", "it is no JSON from byte 1 on"},
        {"\xa4\x00", "it is no JSON from byte 1 on"},
        {"null", "it is no JSON object"},
        {"7", "it is no JSON object"},
        {"\"dfu\"", "it is no JSON object"},
        {"[]", "it is no JSON object"},
        {"[{\"subject\":\"temperature\"}]", "it is no JSON object"},
        {"{\"subject\":\"dfu\"", "it is no JSON from byte 17 on"},
        {"{\"subject\":\"dfu\"} {}", "it is no JSON from byte 19 on"},
        {"{\"subject\":\"df\xff\"}", "it is no JSON from byte 15 on"},
        {R"({"subject":7})", "subject is a number, expected a text"},
        {R"({"device":null})", "device is null, expected a text"},
        {R"({"device":true})", "device is a boolean, expected a text"},
        {R"({"sender":{}})", "sender is an object or a list, expected a text"},
        {R"({"time":[]})", "time is an object or a list, expected a text"},
        {R"({"data_base64":7})", "data_base64 is a number, expected a text"},
        {R"({"data_base64":{}})", "data_base64 is an object or a list, expected a text"},
        {R"({"data_base64":"A"})", "data_base64 is no base64"},
        {R"({"data_base64":"A-_="})", "data_base64 is no base64"},
        {R"({"data_base64":"AB==AB=="})", "data_base64 is no base64"},
        {R"({"data":"a","data_base64":"AQI="})", "it has data twice"},
        {R"({"data_base64":"AQI=","data":{}})", "it has data twice"},
        {R"({"data":1,"data":2})", "it has data twice"},
        {R"({"extension":1e999})", "it is no JSON from byte 18 on"},
    };
    for (const auto& row : table) EXPECT_EQ(problem(row.text), row.problem) << row.text;
    EXPECT_EQ(problem("{\"extension\":" + deep), "it is nested too deeply");
}

TEST(StructuredEvent, is_a_cloud_event_only_with_all_that_the_specification_requires) {
    const auto check = [](const std::string& text) {
        const auto checked = read(text).check();
        return checked ? "sound" : checked.error().text;
    };
    const std::string version = R"("specversion":"1.0")";
    EXPECT_EQ(check("{}"), "its specversion is not 1.0");
    EXPECT_EQ(check(R"({"specversion":"0.3"})"), "its specversion is not 1.0");
    EXPECT_EQ(check("{" + version + "}"), "it has no id");
    EXPECT_EQ(check("{" + version + R"(,"id":"1"})"), "it has no type");
    EXPECT_EQ(check("{" + version + R"(,"id":"1","type":"t"})"), "it has no source");
    EXPECT_EQ(check("{" + version + R"(,"id":"1","type":"t","source":"s"})"),
              "its device is no name");
    EXPECT_EQ(check("{" + version + R"(,"id":"1","type":"t","source":"s","device":"a\u0000"})"),
              "its device is no name");
    EXPECT_EQ(check("{" + version + R"(,"id":"1","type":"t","source":"s","device":"a"})"), "sound");
}

}  // namespace
}  // namespace ajour::drogue

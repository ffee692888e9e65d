// SPDX-License-Identifier: Apache-2.0
#include "store/document.hpp"

#include <gtest/gtest.h>

namespace ajour::store {
namespace {

Json parsed(std::string_view text) {
    return *json::parse(text);
}

TEST(ReadDocument, takes_a_whole_device) {
    const auto document = read_document(parsed(R"({
        "metadata": {"name": "dev/1", "application": "app", "uid": "u", "resourceVersion": "r",
            "generation": 7, "creationTimestamp": "2023-01-27T10:11:12Z", "deletionTimestamp": null,
            "labels": {"a": "b"}, "annotations": {"c": "d"}, "finalizers": ["f"]},
        "spec": {"firmware": {"file": {"name": "fw"}}},
        "status": {"other": 1, "firmware": {"current": "1", "target": "2", "conditions": []}}})"),
                                        Kind::Device);
    ASSERT_TRUE(document.ok()) << document.error().text;
    EXPECT_EQ(document->application, "app");
    EXPECT_EQ(document->device, "dev/1");
    EXPECT_EQ(document->uid, "u");
    EXPECT_EQ(document->resource_version, "r");
    EXPECT_EQ(document->labels, parsed(R"({"a":"b"})"));
    EXPECT_EQ(document->annotations, parsed(R"({"c":"d"})"));
    EXPECT_EQ(document->finalizers, parsed(R"(["f"])"));
    EXPECT_EQ(document->spec, parsed(R"({"firmware":{"file":{"name":"fw"}}})"));
    EXPECT_EQ(document->status, parsed(R"({"other":1})"));
    EXPECT_EQ(*document->firmware, parsed(R"({"current":"1","target":"2","conditions":[]})"));
}

TEST(ReadDocument, keeps_status_firmware_of_an_application_where_it_is) {
    const auto document = read_document(
        parsed(R"({"metadata":{"name":"a"},"status":{"firmware":1}})"), Kind::Application);
    ASSERT_TRUE(document.ok());
    EXPECT_EQ(document->status, parsed(R"({"firmware":1})"));
    EXPECT_FALSE(document->firmware.has_value());
}

TEST(ReadDocument, refuses_bodies_that_are_not_one) {
    for (const auto* text : {
             "[]",
             "null",
             "7",
             "{}",
             R"({"metadata":[]})",
             R"({"metadata":null})",
             R"({"metadata":{}})",
             R"({"metadata":{"name":7}})",
             R"({"metadata":{"name":"a"},"specs":{}})",
             R"({"metadata":{"name":"a"},"spec":[]})",
             R"({"metadata":{"name":"a"},"status":"x"})",
             R"({"metadata":{"name":"a","unknown":1}})",
             R"({"metadata":{"name":"a","application":"b"}})",
             R"({"metadata":{"name":"a","labels":{"x":1}}})",
             R"({"metadata":{"name":"a","labels":{"":"x"}}})",
             R"({"metadata":{"name":"a","labels":["x"]}})",
             R"({"metadata":{"name":"a","annotations":{"x":{}}}})",
             R"({"metadata":{"name":"a","finalizers":{}}})",
             R"({"metadata":{"name":"a","finalizers":[1]}})",
             R"({"metadata":{"name":"a","uid":1}})",
             R"({"metadata":{"name":"a","resourceVersion":{}}})",
             R"({"metadata":{"name":"a","generation":-1}})",
             R"({"metadata":{"name":"a","generation":"1"}})",
             R"({"metadata":{"name":"a","creationTimestamp":1}})",
         }) {
        const auto document = read_document(parsed(text), Kind::Application);
        ASSERT_FALSE(document.ok()) << text;
        EXPECT_EQ(document.error().kind, sdk::ErrorKind::Malformed) << text;
        EXPECT_FALSE(document.error().text.empty()) << text;
    }
}

TEST(ReadDocument, refuses_a_device_without_its_application) {
    EXPECT_FALSE(read_document(parsed(R"({"metadata":{"name":"d"}})"), Kind::Device).ok());
}

TEST(ReadDocument, refuses_a_malformed_status_firmware) {
    for (const auto* firmware : {
             "[]",
             "7",
             "{}",
             R"({"current":"1","target":"1"})",
             R"({"current":"1","target":"1","conditions":{}})",
             R"({"current":1,"target":"1","conditions":[]})",
             R"({"current":"1","target":"1","conditions":[{}]})",
             R"({"current":"1","target":"1","conditions":[{"type":"InSync","status":"True"}]})",
             R"({"current":"1","target":"1","conditions":[{"type":"InSync","status":"yes",
                 "lastTransitionTime":"2023-01-27T10:11:12Z"}]})",
         }) {
        auto body = parsed(R"({"metadata":{"name":"d","application":"a"}})");
        body["status"]["firmware"] = parsed(firmware);
        EXPECT_FALSE(read_document(body, Kind::Device).ok()) << firmware;
    }
}

TEST(ApplicationName, is_a_lower_case_host_name) {
    for (const auto* name : {"a", "a-b", "a1.b2", "0", "xn--abc"}) {
        EXPECT_TRUE(check_application_name(name).ok()) << name;
    }
    EXPECT_TRUE(check_application_name(std::string(63, 'a')).ok());
    for (const auto* name :
         {"", "A", "a_b", "-a", "a-", ".a", "a.", "a..b", "a/b", "a b", "\xc3\xa4", ".."}) {
        EXPECT_FALSE(check_application_name(name).ok()) << name;
    }
    EXPECT_FALSE(check_application_name(std::string(64, 'a')).ok());
    std::string long_name = "a";
    while (long_name.size() < 255) long_name += ".a";
    EXPECT_FALSE(check_application_name(long_name).ok());
}

TEST(DeviceName, has_1_to_255_bytes_without_control_characters) {
    for (const auto* name : {"d", "bar/baz", "\xc3\xa4 b", "..", "A:B", "eui-0011"}) {
        EXPECT_TRUE(check_device_name(name).ok()) << name;
    }
    EXPECT_TRUE(check_device_name(std::string(255, 'a')).ok());
    EXPECT_FALSE(check_device_name(std::string(256, 'a')).ok());
    EXPECT_FALSE(check_device_name("").ok());
    EXPECT_FALSE(check_device_name("a\nb").ok());
    EXPECT_FALSE(check_device_name(std::string_view("a\0b", 3)).ok());
    EXPECT_FALSE(check_device_name("a\x7f").ok());
}

}  // namespace
}  // namespace ajour::store

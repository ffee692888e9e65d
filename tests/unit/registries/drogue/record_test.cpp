// SPDX-License-Identifier: Apache-2.0
#include "record.hpp"

#include "json_text.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

constexpr auto device =
    R"({"metadata":{"name":"d 1","resourceVersion":"v1","uid":"u","labels":{"a":"b"}},)"
    R"("spec":{"big":12345678901234567890123,"deep":{"x":[{"y":null}]}},)"
    R"("status":{"other":{"conditions":[]},"firmware":{"current":"1"}}})";

TEST(Record, has_name_and_version) {
    const auto record = read_record(device);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->name, "d 1");
    EXPECT_EQ(record->version, "v1");
    EXPECT_EQ(firmware_of(*record), R"({"current":"1"})");
}

TEST(Record, that_is_none_is_refused) {
    for (const auto* text : {"", "nonsense", "[]", "{}", R"({"metadata":{}})",
                             R"({"metadata":{"name":7}})", R"({"metadata":[]})"}) {
        EXPECT_FALSE(read_record(text)) << text;
    }
    EXPECT_FALSE(read_records("{}", 9));
    EXPECT_FALSE(read_records("[{}]", 9));
    EXPECT_FALSE(read_records(R"([{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}])", 1));
    EXPECT_EQ(read_records(R"([{"metadata":{"name":"a"}}])", 1)->size(), 1U);
}

TEST(Record, with_another_firmware_status_is_else_as_it_was) {
    const auto record = *read_record(device);
    std::string expected = device;
    const std::string former = R"({"current":"1"})";
    expected.replace(expected.find(former), former.size(), R"({"current":"2"})");
    EXPECT_EQ(with_firmware(record, R"({"current":"2"})"), expected);
}

TEST(Record, without_a_status_gets_one) {
    for (const auto* text :
         {R"({"metadata":{"name":"a"}})", R"({"metadata":{"name":"a"},"status":null})",
          R"({"metadata":{"name":"a"},"status":{}})"}) {
        const auto made = with_firmware(*read_record(text), R"({"current":"2"})");
        EXPECT_TRUE(is_json(made)) << made;
        EXPECT_EQ(member_at(made, {"status", "firmware"}), R"({"current":"2"})");
        EXPECT_EQ(member_at(made, {"metadata", "name"}), R"("a")");
    }
}

TEST(Record, differs_for_the_host_in_spec_labels_and_uid_but_not_in_status) {
    const auto one = *read_record(device);
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = device;
        text.replace(text.find(from), from.size(), to);
        return *read_record(text);
    };
    EXPECT_FALSE(differ_for_host(one, one));
    EXPECT_FALSE(differ_for_host(one, with("\"v1\"", "\"v2\"")));
    EXPECT_FALSE(differ_for_host(one, with(R"("current":"1")", R"("current":"2")")));
    EXPECT_TRUE(differ_for_host(one, with("null", "1")));
    EXPECT_TRUE(differ_for_host(one, with(R"("a":"b")", R"("a":"c")")));
    EXPECT_TRUE(differ_for_host(one, with(R"("uid":"u")", R"("uid":"w")")));
}

}  // namespace
}  // namespace ajour::drogue_registry

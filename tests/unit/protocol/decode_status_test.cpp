// SPDX-License-Identifier: Apache-2.0
// What the vectors do not show: bounds, and the tags and heads one by one.
#include "protocol/status.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

using protocol::decode_status;

std::string repeated(std::string_view piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
}

sdk::Result<protocol::Status> decode_hex(const std::string& hex) {
    return decode_status(bytes_from_hex(hex));
}

sdk::Result<protocol::Status> decode_text(const std::string& text) {
    return decode_status(sdk::bytes_of(text));
}

TEST(DecodeStatus, takes_a_version_of_255_bytes_and_refuses_256) {
    const auto longest = decode_hex("a10058ff" + repeated("61", 255));
    ASSERT_TRUE(longest) << longest.error().text;
    EXPECT_EQ(longest->version.text(), std::string(255, 'a'));
    EXPECT_FALSE(decode_hex("a100590100" + repeated("61", 256)));
}

TEST(DecodeStatus, bounds_a_chunked_version_by_its_whole) {
    const auto chunk = "58 80" + repeated("61", 128);
    ASSERT_TRUE(decode_hex("a1005f" + chunk + "58 7f" + repeated("61", 127) + "ff"));
    EXPECT_FALSE(decode_hex("a1005f" + chunk + chunk + "ff"));
    EXPECT_FALSE(decode_hex("a1005f" + chunk + chunk + "4161ff"));
}

TEST(DecodeStatus, bounds_a_version_of_numbers) {
    ASSERT_TRUE(decode_hex("a1009f" + repeated("01", 255) + "ff"));
    EXPECT_FALSE(decode_hex("a1009f" + repeated("01", 256) + "ff"));
    EXPECT_FALSE(decode_hex("a10081190100"));
    EXPECT_FALSE(decode_text("{\"version\":[256]}"));
    EXPECT_FALSE(decode_text("{\"version\":[-1]}"));
    EXPECT_FALSE(decode_text("{\"version\":\"" + std::string(256, 'a') + "\"}"));
    EXPECT_FALSE(decode_text("{\"version\":[1" + repeated(",1", 255) + "]}"));
}

TEST(DecodeStatus, takes_a_text_in_chunks_and_empty_chunks) {
    const auto status = decode_hex("a1007f 60 63302e31 60 622e30 ff");
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(status->version.text(), "0.1.0");
}

TEST(DecodeStatus, takes_names_as_byte_strings_in_chunks) {
    const auto status = decode_hex("a2 00 4161 5f 426d74 4175 ff 08");
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(status->mtu, 8U);
}

TEST(DecodeStatus, takes_indefinite_arrays_of_the_right_length_only) {
    ASSERT_TRUE(decode_hex("9f 4161 f6 f6 9f 4162 08 ff ff"));
    EXPECT_FALSE(decode_hex("9f 4161 f6 f6 ff"));
    EXPECT_FALSE(decode_hex("9f 4161 f6 f6 f6 f6 ff"));
}

TEST(DecodeStatus, passes_over_every_tag) {
    for (unsigned tag = 0; tag < 24; ++tag) {
        const auto head = static_cast<std::uint8_t>(0xc0 + tag);
        const auto status = decode_hex("a1 00" + hex({&head, 1}) + "4161");
        ASSERT_TRUE(status) << tag << ": " << status.error().text;
    }
    EXPECT_TRUE(decode_hex("a1 00 d818 d90101 da00010000 db0000000100000000 4161"));
    EXPECT_TRUE(decode_hex(repeated("c6", 5000) + "a1004161"));
}

TEST(DecodeStatus, refuses_every_reserved_head_also_where_it_is_skipped) {
    for (const auto* head : {"1c", "1d", "1e", "1f", "3c", "3f", "5c", "5e", "7c", "9c", "bc", "dc",
                             "df", "e0", "f3", "f8ff", "fc", "fe"}) {
        EXPECT_FALSE(decode_hex(std::string("a2 00 4161 18ff") + head)) << head;
        EXPECT_FALSE(decode_hex(std::string("a1 00") + head)) << head;
    }
}

TEST(DecodeStatus, bounds_the_depth_of_what_it_skips) {
    const auto nested = [](int levels) {
        return "a2 00 4161 18ff" + repeated("81", levels) + "00";
    };
    EXPECT_TRUE(decode_hex(nested(126)));
    EXPECT_FALSE(decode_hex(nested(129)));
    EXPECT_FALSE(decode_hex(nested(60000)));
    EXPECT_FALSE(decode_hex("a2 00 4161 18ff" + repeated("9f", 60000)));
    EXPECT_FALSE(decode_hex(repeated("8200", 30000)));
    const auto json = [](int levels) {
        return "{\"version\":\"a\",\"x\":" + repeated("[", levels) + repeated("]", levels) + "}";
    };
    EXPECT_TRUE(decode_text(json(126)));
    EXPECT_FALSE(decode_text(json(127)));
    EXPECT_FALSE(decode_text(repeated("[", 60000)));
}

TEST(DecodeStatus, is_not_impressed_by_promised_sizes) {
    EXPECT_FALSE(decode_hex("9bffffffffffffffff"));
    EXPECT_FALSE(decode_hex("a2 00 4161 18ff 9b7fffffffffffffff 00"));
    EXPECT_FALSE(decode_hex("a2 00 4161 18ff bbffffffffffffffff 00 00"));
    EXPECT_FALSE(decode_hex("a1 00 5bffffffffffffffff 61"));
}

TEST(DecodeStatus, reads_json_after_white_space) {
    const auto status = decode_text(" \r\n\t{\"version\":\"1\"} ");
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(status->version.text(), "1");
}

TEST(DecodeStatus, reads_a_json_escape_as_its_utf8_bytes) {
    const auto status = decode_text("{\"version\":\"\\u00e9\\n\"}");
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(status->version.text(), "\xc3\xa9\n");
}

TEST(DecodeStatus, counts_the_last_of_repeated_json_members) {
    const auto status = decode_text("{\"version\":\"1\",\"version\":\"2\"}");
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(status->version.text(), "2");
}

TEST(DecodeStatus, refuses_json_over_64_kibibytes) {
    const std::string head = "{\"version\":\"1\"}";
    EXPECT_TRUE(decode_text(head + std::string(65536 - head.size(), ' ')));
    EXPECT_FALSE(decode_text(head + std::string(65537 - head.size(), ' ')));
}

}  // namespace

}  // namespace ajour::test

// SPDX-License-Identifier: Apache-2.0
// Errors name the field, what was found, where, and what was expected.
#include "protocol/status.hpp"
#include "vectors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ajour::test {

namespace {

struct Row {
    const char* bytes;  // hexadecimal, or JSON
    const char* text;
};

std::string error_of(const Row& row) {
    const std::string bytes = row.bytes;
    const bool is_json = bytes.find_first_of("{[") != std::string::npos;
    const auto status = is_json ? protocol::decode_status(sdk::bytes_of(bytes))
                                : protocol::decode_status(bytes_from_hex(bytes));
    return status ? "no error" : status.error().text;
}

// clang-format off
const Row rows[] = {
    {"", "status: found the end of the message at byte 0, expected a map of fields, or an array of 4"},
    {"f6", "status: found null at byte 0, expected a map of fields, or an array of 4"},
    {"a0", "status: missing field `version`"},
    {"a1 00 4531", "status: version: found the end of the message at byte 2, expected a version of at most 255 bytes"},
    {"a1 00 4131 00", "status: 1 trailing bytes after byte 4, expected the end"},
    {"a1 00 01", "status: version: found 1 at byte 2, expected a version of at most 255 bytes"},
    {"a1 00 5f 4131 6131 ff", "status: version: found a text of 1 at byte 5, expected a chunk of the string or its end"},
    {"a1 00 81 f5", "status: version: found true at byte 3, expected a byte from 0 to 255"},
    {"a2 00 4131 20 01", "status: found -1 at byte 4, expected a field's number or name"},
    {"a2 00 4131 01 20", "status: mtu: found -1 at byte 5, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 01 3bffffffffffffffff", "status: mtu: found -18446744073709551616 at byte 5, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 01 f96000", "status: mtu: found a floating-point number at byte 5, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 02 f7", "status: correlation_id: found undefined at byte 5, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 01 1b0000000100000000", "status: mtu: found 4294967296 at byte 5, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 00 4131", "status: duplicate field `version`"},
    {"a2 00 4131 03 a1 00 4132", "status: update: missing field `offset`"},
    {"a2 00 4131 03 a2 00 4132 01 f6", "status: update: offset: found null at byte 10, expected a whole number from 0 to 4294967295"},
    {"a2 00 4131 03 01", "status: update: found 1 at byte 5, expected a map of fields, or an array of 2"},
    {"a2 00 4131 09 1c", "status: found a reserved head at byte 5, expected a value"},
    {"bf 00 ff", "status: version: found a break at byte 2, expected a version of at most 255 bytes"},
    {"83 4131 f6 f6", "status: found an array of 3 at byte 0, expected a map of fields, or an array of 4"},
    {"{}", "status: missing field `version`"},
    {"[1]", "status: found an array of 1, expected a map of fields, or an array of 4"},
    {"{\"version\":null}", "status: version: found null, expected a version of at most 255 bytes"},
    {"{\"version\":\"1\",\"mtu\":\"512\"}", "status: mtu: found a text of 3, expected a whole number from 0 to 4294967295"},
    {"{\"version\":\"1\",\"mtu\":512.0}", "status: mtu: found 512.0, expected a whole number from 0 to 4294967295"},
    {"{\"version\":\"1\",\"mtu\":-1}", "status: mtu: found -1, expected a whole number from 0 to 4294967295"},
    {"{\"version\":\"1\",\"update\":{\"version\":\"2\"}}", "status: update: missing field `offset`"},
    {"{\"version\":\"1\",\"update\":[\"2\",true]}", "status: update: offset: found true, expected a whole number from 0 to 4294967295"},
};
// clang-format on

TEST(DecodeStatusError, names_the_field_what_was_found_and_what_was_expected) {
    for (const auto& row : rows) EXPECT_EQ(error_of(row), row.text) << row.bytes;
}

TEST(DecodeStatusError, of_broken_json_names_the_place_and_stays_short) {
    EXPECT_THAT(error_of({"{\"version\":", ""}), testing::HasSubstr("line 1, column 12"));
    const auto long_token = "{\"version\":" + std::string(60000, 'z');
    EXPECT_LT(error_of({long_token.c_str(), ""}).size(), 400U);
}

}  // namespace

}  // namespace ajour::test

// SPDX-License-Identifier: Apache-2.0
#include "sources/file/metadata.hpp"

#include <gmock/gmock.h>

#include <string>

using ajour::file::is_name;
using ajour::file::parse_metadata;
using ajour::file::parse_target;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

const std::string digits = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

std::string metadata(const std::string& version, const std::string& size,
                     const std::string& checksum) {
    return R"({"version":)" + version + R"(,"size":)" + size + R"(,"checksum":)" + checksum + "}";
}

std::string quote(const std::string& text) {
    return '"' + text + '"';
}

struct BadMetadata {
    const char* what;
    std::string text;
    const char* error;
};

TEST(FileMetadata, reads_the_layout_of_the_original) {
    const auto read = parse_metadata(metadata(quote("1.0.1"), "5", quote(digits)));
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->version, "1.0.1");
    EXPECT_EQ(read->size, 5U);
    EXPECT_EQ(read->sha256.hex(), digits);
}

TEST(FileMetadata, accepts_a_prefix_and_upper_case_in_the_checksum) {
    const auto read =
        parse_metadata(metadata(quote("1"), "5", quote("sha256:2CF2" + digits.substr(4))));
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->sha256.hex(), digits);
}

TEST(FileMetadata, ignores_members_that_it_does_not_know) {
    const auto text =
        R"({"signature":{"by":["x"]},)" + metadata(quote("1"), "5", quote(digits)).substr(1);
    EXPECT_TRUE(parse_metadata(text));
}

TEST(FileMetadata, takes_the_bounds_of_version_and_size) {
    EXPECT_TRUE(
        parse_metadata(metadata(quote(std::string(255, 'v')), "4294967295", quote(digits))));
    EXPECT_TRUE(parse_metadata(metadata(quote("v"), "1", quote(digits))));
}

TEST(FileMetadata, refuses_what_is_not_metadata_and_says_why) {
    const BadMetadata table[] = {
        {"empty", "", "not JSON"},
        {"text", "hello", "not JSON"},
        {"half", R"({"version":"1")", "not JSON"},
        {"trailing bytes", metadata("\"1\"", "5", quote(digits)) + "x", "not JSON"},
        {"array", "[1]", "found an array, expected a JSON object"},
        {"deep", std::string(60'000, '['), "not JSON"},
        {"deep and whole", std::string(32'000, '[') + std::string(32'000, ']'), "found an array"},
        {"number out of range", "[1" + std::string(60'000, '0') + "]", "a number is out of range"},
        {"long word", std::string(60'000, 'x'), "not JSON: error at byte 1"},
        {"too long", std::string(70'000, ' '), "70000 bytes of JSON, at most 65536"},
        {"bad UTF-8", metadata("\"\xff\"", "5", quote(digits)), "not JSON"},
        {"no version", R"({"size":5})", "version is missing, expected"},
        {"version is a number", metadata("1", "5", quote(digits)), "version is 1, expected a text"},
        {"version is empty", metadata("\"\"", "5", quote(digits)), "version is \"\""},
        {"version is long", metadata(quote(std::string(256, 'v')), "5", quote(digits)),
         "version is"},
        {"size is zero", metadata("\"1\"", "0", quote(digits)), "size is 0, expected"},
        {"size is negative", metadata("\"1\"", "-5", quote(digits)), "size is -5"},
        {"size is broken", metadata("\"1\"", "5.5", quote(digits)), "size is 5.5"},
        {"size is text", metadata("\"1\"", "\"5\"", quote(digits)), "size is \"5\""},
        {"size is huge", metadata("\"1\"", "4294967296", quote(digits)), "size is 4294967296"},
        {"no checksum", R"({"version":"1","size":5})", "checksum is missing, expected 64"},
        {"short checksum", metadata("\"1\"", "5", "\"2cf2\""), "checksum is \"2cf2\""},
        {"no hex", metadata("\"1\"", "5", quote(std::string(64, 'g'))), "checksum is"},
        {"other hash", metadata("\"1\"", "5", quote("md5:" + digits)), "checksum is"},
    };
    for (const auto& row : table) {
        const auto read = parse_metadata(row.text);
        ASSERT_FALSE(read) << row.what;
        EXPECT_EQ(read.error().kind, ErrorKind::Malformed) << row.what;
        EXPECT_THAT(read.error().text, HasSubstr(row.error)) << row.what;
        EXPECT_LT(read.error().text.size(), 400U) << row.what;
    }
}

TEST(FileTarget, reads_a_name) {
    const auto name = parse_target(R"({"name":"sensor-v2_a.1","more":true})");
    ASSERT_TRUE(name) << name.error().text;
    EXPECT_EQ(*name, "sensor-v2_a.1");
}

TEST(FileTarget, refuses_names_that_could_leave_the_directory) {
    for (const std::string name : {"..", ".", ".hidden", "../x", "a/b", "/etc/passwd", "a\\\\b",
                                   "a b", "", "a\\u0000b", "\u00e4"}) {
        const auto target = parse_target(R"({"name":")" + name + R"("})");
        ASSERT_FALSE(target) << name;
        EXPECT_THAT(target.error().text, HasSubstr("spec.firmware.file: name is ")) << name;
    }
}

TEST(FileTarget, bounds_the_length_of_a_name) {
    EXPECT_TRUE(is_name(std::string(200, 'n')));
    EXPECT_FALSE(is_name(std::string(201, 'n')));
}

}  // namespace

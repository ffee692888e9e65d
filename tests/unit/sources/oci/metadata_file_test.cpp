// SPDX-License-Identifier: Apache-2.0
#include "content/metadata_file.hpp"

#include "crypto/hash.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::string hex = "44136FA355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

std::string text(const std::string& size, const std::string& checksum) {
    return R"({"version":"1","size":)" + size + R"(,"checksum":)" + checksum + R"(,"x":[]})";
}

TEST(MetadataFile, reads_version_size_and_checksum) {
    for (const auto& checksum : {'"' + hex + '"', "\"sha256:" + hex + '"'}) {
        const auto read = parse_metadata_file(text("2", checksum));
        ASSERT_TRUE(read) << read.error().text;
        EXPECT_EQ(read->version, "1");
        EXPECT_EQ(read->size, 2U);
        EXPECT_EQ(read->sha256, hash_of("{}"));
    }
    EXPECT_EQ(parse_metadata_file(R"({"size":2,"checksum":")" + hex + "\"}")->version, "");
}

TEST(MetadataFile, says_what_is_wrong) {
    const std::pair<std::string, const char*> wrong[] = {
        {"<html>", "not JSON"},
        {"[]", "expected a JSON object"},
        {text("0", '"' + hex + '"'), "size is 0, expected a number from 1"},
        {text("-1", '"' + hex + '"'), "size is a negative"},
        {text("4294967296", '"' + hex + '"'), "size is 4294967296"},
        {text("2", "7"), "checksum is 7"},
        {text("2", "\"md5:aa\""), "expected 64 hexadecimal digits"},
        {text("2", '"' + hex + "0\""), "expected 64 hexadecimal digits"},
        {R"({"version":7,"size":2,"checksum":")" + hex + "\"}", "version is 7"},
        {std::string(70'000, ' '), "at most 65536"},
    };
    for (const auto& [body, error] : wrong) {
        const auto read = parse_metadata_file(body);
        ASSERT_FALSE(read) << body.substr(0, 80);
        EXPECT_THAT(read.error().text, HasSubstr(error));
    }
}

TEST(MetadataFile, has_to_agree_with_the_firmware) {
    const auto metadata = *parse_metadata_file(text("2", '"' + hex + '"'));
    EXPECT_TRUE(compare(metadata, 2, hash_of("{}")));
    EXPECT_THAT(compare(metadata, 3, hash_of("{}")).error().text,
                HasSubstr("has 3 bytes, its metadata says 2"));
    EXPECT_THAT(compare(metadata, 2, hash_of("[]")).error().text,
                HasSubstr("its metadata says 44136fa355b3"));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// Digests of FIPS 180-4's examples.
#include "digest/sha256.hpp"

#include <gtest/gtest.h>

namespace ajour::digest {
namespace {

constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto of_a_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, is_that_of_the_standards_examples) {
    EXPECT_EQ(sha256(sdk::bytes_of("abc")).hex(), of_abc);
    EXPECT_EQ(sha256({}).hex(), of_nothing);
}

TEST(Sha256, of_a_stream_is_that_of_the_whole) {
    Sha256Stream stream;
    const std::string piece(1000, 'a');
    for (int i = 0; i < 1000; ++i) stream.update(sdk::bytes_of(piece));
    EXPECT_EQ(stream.finish().hex(), of_a_million_a);
}

TEST(Sha256, stream_begins_anew_after_its_end) {
    Sha256Stream stream;
    stream.update(sdk::bytes_of("something else"));
    (void)stream.finish();
    stream.update(sdk::bytes_of("a"));
    stream.update(sdk::bytes_of("bc"));
    EXPECT_EQ(stream.finish().hex(), of_abc);
    EXPECT_EQ(stream.finish().hex(), of_nothing);
}

TEST(ParseHex, takes_either_case_with_or_without_the_prefix) {
    const auto expected = sha256(sdk::bytes_of("abc"));
    std::string upper = of_abc;
    for (auto& c : upper) c = static_cast<char>(std::toupper(c));
    for (const auto& text : {std::string(of_abc), upper, "sha256:" + std::string(of_abc)}) {
        const auto parsed = parse_hex(text);
        ASSERT_TRUE(parsed.ok()) << text;
        EXPECT_EQ(*parsed, expected) << text;
    }
}

TEST(ParseHex, refuses_what_is_no_digest) {
    const std::string digest = of_abc;
    for (const auto& text : {std::string(), std::string("sha256:"), digest + "0", digest.substr(1),
                             "md5:" + digest, digest.substr(1) + "g", " " + digest.substr(1)}) {
        const auto parsed = parse_hex(text);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_EQ(parsed.error().kind, sdk::ErrorKind::Malformed) << text;
    }
}

}  // namespace
}  // namespace ajour::digest

// SPDX-License-Identifier: Apache-2.0
#include "content/digest.hpp"

#include "crypto/hash.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::string hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

TEST(OciDigest, takes_sha256_with_lower_case_digits) {
    const auto digest = parse_digest("sha256:" + hex);
    ASSERT_TRUE(digest) << digest.error().text;
    EXPECT_EQ(hex_of(*digest), hex);
    EXPECT_EQ(sha256_of(*digest), hash_of("{}"));
    EXPECT_EQ(digest_text(sha256_of(*digest)), *digest);
}

TEST(OciDigest, refuses_what_could_be_a_path_or_another_thing) {
    auto upper = hex;
    upper[2] = 'F';
    const std::string wrong[] = {"",
                                 "sha256",
                                 "sha256:",
                                 hex,
                                 "sha256:" + hex.substr(1),
                                 "sha256:" + hex + "0",
                                 "sha256:" + upper,
                                 "SHA256:" + hex,
                                 "sha256:../../etc/passwd",
                                 "sha256:" + hex.substr(2) + "/.",
                                 std::string("sha256:") + '\0' + hex.substr(1)};
    for (const auto& text : wrong) {
        const auto digest = parse_digest(text);
        ASSERT_FALSE(digest) << text;
        EXPECT_THAT(digest.error().text, HasSubstr("64 lower-case hex digits")) << text;
        EXPECT_FALSE(is_digest(text));
    }
}

TEST(OciDigest, names_an_algorithm_that_it_does_not_take) {
    const auto digest = parse_digest("sha512:" + hex + hex);
    ASSERT_FALSE(digest);
    EXPECT_THAT(digest.error().text, HasSubstr("sha512, only sha256"));
}

}  // namespace

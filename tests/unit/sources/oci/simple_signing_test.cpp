// SPDX-License-Identifier: Apache-2.0
#include "signature/simple_signing.hpp"

#include "key_maker.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::string digest = "sha256:" + std::string(64, 'a');
const std::string other = "sha256:" + std::string(64, 'b');

std::string payload(const std::string& of,
                    const std::string& type = "cosign container image signature") {
    return R"({"critical":{"identity":{"docker-reference":"x"},"image":{"docker-manifest-digest":")" +
           of + R"("},"type":")" + type + R"("},"optional":null})";
}

struct SimpleSigningTest : testing::Test {
    Outcome check(const std::string& text, const std::string& base64) const {
        return check_simple_signing(text, base64, {digest, "sha256:c"}, keys);
    }
    /// Of a payload that was signed as it is.
    Outcome check_signed(const std::string& text) const {
        return check(text, base64_of(key.sign(text)));
    }

    MadeKey key = MadeKey::curve("P-256");
    MadeKey stranger = MadeKey::curve("P-256");
    TrustedKeys keys = *parse_keys(MadeKey::ed25519().pem() + key.pem());
};

TEST_F(SimpleSigningTest, takes_a_signature_by_any_of_the_keys) {
    const auto outcome = check_signed(payload(digest));
    EXPECT_TRUE(outcome.is_good()) << outcome.reason;
    EXPECT_EQ(outcome.key, keys[1].id());
    EXPECT_EQ(outcome.digest, digest);
}

TEST_F(SimpleSigningTest, refuses_a_payload_that_was_changed) {
    const auto signature = base64_of(key.sign(payload(digest)));
    EXPECT_THAT(check(payload(digest) + " ", signature).reason, HasSubstr("none of the 2 trusted"));
}

TEST_F(SimpleSigningTest, refuses_the_signature_of_another_manifest) {
    EXPECT_THAT(check_signed(payload(other)).reason, HasSubstr("of another manifest, " + other));
}

TEST_F(SimpleSigningTest, refuses_the_key_of_a_stranger) {
    const auto text = payload(digest);
    EXPECT_THAT(check(text, base64_of(stranger.sign(text))).reason, HasSubstr("by none of the 2"));
}

TEST_F(SimpleSigningTest, refuses_a_signature_that_is_none) {
    const auto text = payload(digest);
    const auto der = key.sign(text);
    EXPECT_THAT(check(text, "").reason, HasSubstr("no signature annotation"));
    EXPECT_THAT(check(text, "!!!!").reason, HasSubstr("not base64"));
    EXPECT_THAT(check(text, std::string(3000, 'A')).reason, HasSubstr("too long"));
    for (const auto& wrong :
         {der.substr(0, der.size() - 1), der + "x", std::string(64, '\0'),
          std::string("\x30\x06\x02\x01\x00\x02\x01\x00", 8), std::string("x")}) {
        EXPECT_THAT(check(text, base64_of(wrong)).reason, HasSubstr("by none of the 2"));
    }
}

TEST_F(SimpleSigningTest, refuses_a_signed_payload_that_means_something_else) {
    EXPECT_THAT(check_signed(payload(digest, "atomic container signature")).reason,
                HasSubstr("its payload: type is \"atomic container signature\""));
    EXPECT_THAT(check_signed("<html>").reason, HasSubstr("its payload: not JSON"));
    EXPECT_THAT(check_signed("{}").reason, HasSubstr("critical is missing"));
    EXPECT_THAT(check_signed(R"({"critical":[]})").reason, HasSubstr("type is missing"));
    EXPECT_THAT(check_signed(R"({"critical":{"type":"cosign container image signature"}})").reason,
                HasSubstr("image is missing"));
    EXPECT_THAT(check_signed(payload("7\",\"docker-manifest-digest\":\"" + digest)).reason,
                HasSubstr("twice"));
}

TEST_F(SimpleSigningTest, does_not_read_a_payload_that_nobody_signed) {
    EXPECT_THAT(check("<html>", base64_of(stranger.sign("<html>"))).reason,
                HasSubstr("by none of the 2"));
}

}  // namespace

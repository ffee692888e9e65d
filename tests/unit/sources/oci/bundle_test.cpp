// SPDX-License-Identifier: Apache-2.0
#include "signature/bundle.hpp"

#include "key_maker.hpp"
#include "layout_repository.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::string hex(64, 'a');
const std::string digest = "sha256:" + hex;
const std::string in_toto = "application/vnd.in-toto+json";

std::string statement(const std::string& subject_hex,
                      const std::string& predicate = "https://sigstore.dev/cosign/sign/v1",
                      const std::string& type = "https://in-toto.io/Statement/v1") {
    return R"({"_type":")" + type +
           R"(","subject":[{"digest":{"sha512":"x"}},{"digest":{"sha256":")" + subject_hex +
           R"("}}],"predicateType":")" + predicate + R"(","predicate":{}})";
}

struct BundleTest : testing::Test {
    std::string bundle(const std::string& payload, const std::vector<std::string>& signatures,
                       const std::string& type = in_toto) const {
        std::string list;
        for (const auto& signature : signatures) {
            list += (list.empty() ? "" : ",") + std::string(R"({"sig":")") + base64_of(signature) +
                    R"(","keyid":""})";
        }
        return R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",)"
               R"("verificationMaterial":{"publicKey":{"hint":"x"}},"dsseEnvelope":{"payload":")" +
               base64_of(payload) + R"(","payloadType":")" + type + R"(","signatures":[)" + list +
               "]}}";
    }
    std::string sign(const std::string& payload) const {
        return key.sign(dsse_message(in_toto, payload));
    }
    Outcome check(const std::string& text) const { return check_bundle(text, {digest}, keys); }
    Outcome check_signed(const std::string& payload) const {
        return check(bundle(payload, {sign(payload)}));
    }

    MadeKey key = MadeKey::curve("P-256");
    TrustedKeys keys = *parse_keys(key.pem());
};

TEST_F(BundleTest, takes_the_recorded_one_and_its_key) {
    const auto recorded = LayoutRepository::recorded();
    const auto text = ajour::support::content_of(recorded / "sigstore-bundle-v0.3-key.json");
    const auto trusted = read_keys(recorded / "keys" / "facts.pub");
    ASSERT_TRUE(trusted) << trusted.error().text;
    const auto of = "sha256:6f949a9eaa15fca4e1e55279be065f12734f1121588c88dc6768da9111123cad";
    const auto outcome = check_bundle(text, {digest, of}, *trusted);
    EXPECT_TRUE(outcome.is_good()) << outcome.reason;
    EXPECT_EQ(outcome.digest, of);
    EXPECT_EQ(outcome.key, trusted->front().id());
    EXPECT_THAT(check_bundle(text, {digest}, *trusted).reason, HasSubstr("of another manifest"));
    EXPECT_THAT(check_bundle(text, {of}, keys).reason, HasSubstr("by none of the 1"));
}

TEST_F(BundleTest, takes_any_good_signature_of_several) {
    const auto good = sign(statement(hex));
    EXPECT_TRUE(check(bundle(statement(hex), {"x", good})).is_good());
    EXPECT_THAT(check(bundle(statement(hex), {})).reason, HasSubstr("by none of the 1"));
}

TEST_F(BundleTest, encodes_what_is_signed_as_dsse_says) {
    EXPECT_EQ(dsse_message("http://example.com/HelloWorld", "hello world"),
              "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
}

TEST_F(BundleTest, refuses_a_statement_that_was_changed) {
    const auto signature = sign(statement(std::string(64, 'b')));
    EXPECT_THAT(check(bundle(statement(hex), {signature})).reason, HasSubstr("by none of the 1"));
}

TEST_F(BundleTest, refuses_a_signature_of_the_bare_payload) {
    EXPECT_THAT(check(bundle(statement(hex), {key.sign(statement(hex))})).reason,
                HasSubstr("by none of the 1"));
}

TEST_F(BundleTest, refuses_a_signed_statement_that_says_something_else) {
    EXPECT_THAT(check_signed(statement(std::string(64, 'b'))).reason,
                HasSubstr("another manifest"));
    EXPECT_THAT(check_signed(statement(hex, "https://slsa.dev/provenance/v1")).reason,
                HasSubstr("predicateType is \"https://slsa.dev/provenance/v1\""));
    EXPECT_THAT(check_signed(statement(hex, "https://sigstore.dev/cosign/sign/v1", "x")).reason,
                HasSubstr("_type is \"x\""));
    EXPECT_THAT(check_signed("<html>").reason, HasSubstr("its statement: not JSON"));
    EXPECT_THAT(check_signed("{}").reason, HasSubstr("_type is missing"));
}

TEST_F(BundleTest, refuses_what_is_no_bundle) {
    const auto payload = statement(hex);
    const std::pair<std::string, const char*> wrong[] = {
        {"", "its bundle: not JSON"},
        {"<html>", "its bundle: not JSON"},
        {"{}", "mediaType is missing"},
        {R"({"mediaType":"x"})", "expected a sigstore bundle"},
        {R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"})",
         "dsseEnvelope is missing"},
        {bundle(payload, {sign(payload)}, "text/plain"), "payloadType is \"text/plain\""},
        {bundle(payload, std::vector<std::string>(9, "x")), "signatures has 9 entries"},
        {bundle(payload, {std::string(4000, 'x')}), "sig is \""},
        {std::string((1U << 20) + 1, ' '), "at most 1048576"},
    };
    for (const auto& [text, error] : wrong) {
        const auto outcome = check(text);
        EXPECT_FALSE(outcome.is_good());
        EXPECT_THAT(outcome.reason, HasSubstr(error));
        EXPECT_LE(outcome.reason.size(), 300U);
    }
}

TEST_F(BundleTest, says_that_certificates_are_not_taken) {
    auto text = bundle(statement(hex), {"x"});
    const std::string from = R"("publicKey":{"hint":"x"})";
    text.replace(text.find(from), from.size(), R"("certificate":{"rawBytes":"x"})");
    EXPECT_THAT(check(text).reason, HasSubstr("by a certificate (keyless)"));
}

}  // namespace

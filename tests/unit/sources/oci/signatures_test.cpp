// SPDX-License-Identifier: Apache-2.0
// The recorded signatures are by cosign 3.1.2, pushed to a real registry: five keys, both storages.
#include "signature/signatures.hpp"

#include "document_text.hpp"
#include "key_maker.hpp"
#include "layout_repository.hpp"
#include "signature/simple_signing.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;
using Kind = Verdict::Kind;

namespace {

const std::string hex = "6f949a9eaa15fca4e1e55279be065f12734f1121588c88dc6768da9111123cad";
const std::string digest = "sha256:" + hex;
const std::string tag = "sha256-" + hex + ".sig";
const std::string fallback_tag = "sha256-" + hex;

struct SignaturesTest : testing::Test {
    void SetUp() override { repository.load_recorded(); }

    static TrustedKeys recorded_key(const std::string& name) {
        const auto keys = read_keys(LayoutRepository::recorded() / "keys" / (name + ".pub"));
        EXPECT_TRUE(keys) << keys.error().text;
        return keys ? *keys : TrustedKeys();
    }
    Verdict check(const TrustedKeys& keys, const std::vector<std::string>& digests = {digest}) {
        const auto verdict = check_signatures(repository, digests, keys);
        EXPECT_TRUE(verdict) << verdict.error().text;
        return verdict ? *verdict : Verdict();
    }
    /// A signature by `key` in the place of the recorded ones.
    void sign_again(const MadeKey& key, std::size_t wrong_ones = 0) {
        const auto payload = R"({"critical":{"image":{"docker-manifest-digest":")" + digest +
                             R"("},"type":"cosign container image signature"}})";
        std::vector<Descriptor> layers(wrong_ones + 1,
                                       repository.add_blob(payload, SimpleSigningType));
        for (auto& layer : layers) layer.annotations[SignatureAnnotation] = "AAAA";
        layers.back().annotations[SignatureAnnotation] = base64_of(key.sign(payload));
        repository.add_document(manifest_text(layers), tag);
    }

    LayoutRepository repository;
};

TEST_F(SignaturesTest, by_cosign_in_a_tag_are_good_for_each_kind_of_key) {
    repository.tagged.erase(fallback_tag);
    for (const auto* name : {"p256", "p384", "p521", "ed25519", "rsa"}) {
        const auto keys = recorded_key(name);
        const auto verdict = check(keys);
        EXPECT_EQ(verdict.kind, Kind::Signed) << name << ": " << verdict.reason;
        EXPECT_EQ(verdict.key, keys.front().id());
        EXPECT_EQ(verdict.digest, digest);
    }
}

TEST_F(SignaturesTest, by_cosign_in_bundles_are_good_for_each_kind_of_key) {
    repository.tagged.erase(tag);
    for (const auto* name : {"p256", "p384", "p521", "ed25519", "rsa"}) {
        const auto verdict = check(recorded_key(name));
        EXPECT_EQ(verdict.kind, Kind::Signed) << name << ": " << verdict.reason;
    }
}

TEST_F(SignaturesTest, by_somebody_else_are_wrong_and_counted) {
    const auto verdict = check(*parse_keys(MadeKey::curve("P-256").pem()));
    EXPECT_EQ(verdict.kind, Kind::Wrong);
    EXPECT_EQ(verdict.reason, "none of 10 signatures is good: it is by none of the 1 trusted keys");
}

TEST_F(SignaturesTest, that_are_not_there_leave_it_unsigned) {
    const auto verdict = check(recorded_key("p256"), {repository.tagged["umoci-1"]});
    EXPECT_EQ(verdict.kind, Kind::Unsigned);
    EXPECT_EQ(verdict.reason, "it is not signed");
}

TEST_F(SignaturesTest, of_the_index_or_of_the_manifest_will_do) {
    const auto other = repository.tagged["umoci-1"];
    EXPECT_EQ(check(recorded_key("p256"), {other, digest}).digest, digest);
    EXPECT_EQ(check(recorded_key("p256"), {digest, other}).digest, digest);
}

TEST_F(SignaturesTest, that_are_wrong_do_not_spoil_a_good_one) {
    const auto key = MadeKey::curve("P-256");
    sign_again(key, 5);
    EXPECT_EQ(check(*parse_keys(key.pem())).kind, Kind::Signed);
}

TEST_F(SignaturesTest, are_looked_at_in_bounded_numbers_the_newest_first) {
    const auto key = MadeKey::curve("P-256");
    sign_again(key, 200);
    EXPECT_EQ(check(*parse_keys(key.pem())).kind, Kind::Signed);
    repository.asked.clear();
    EXPECT_EQ(check(*parse_keys(MadeKey::curve("P-256").pem())).kind, Kind::Wrong);
    EXPECT_LE(repository.asked["small_blob"], 32 + 5);
}

TEST_F(SignaturesTest, that_were_copied_from_another_manifest_are_wrong) {
    const auto other = repository.tagged["umoci-1"];
    repository.tagged["sha256-" + std::string(hex_of(other)) + ".sig"] = repository.tagged[tag];
    repository.tagged["sha256-" + std::string(hex_of(other))] = repository.tagged[fallback_tag];
    const auto verdict = check(recorded_key("p256"), {other});
    EXPECT_EQ(verdict.kind, Kind::Wrong);
    EXPECT_THAT(verdict.reason, HasSubstr("it is of another manifest, " + digest));
}

TEST_F(SignaturesTest, whose_payload_is_damaged_or_gone_are_wrong) {
    repository.tagged.erase(fallback_tag);
    sign_again(MadeKey::curve("P-256"));
    const auto layer = parse_manifest(repository.at(tag))->layers.at(0);
    repository.blobs[layer.digest][0] = 'x';
    EXPECT_THAT(check(recorded_key("p256")).reason, HasSubstr("another digest"));
    repository.blobs.erase(layer.digest);
    EXPECT_THAT(check(recorded_key("p256")).reason, HasSubstr("no blob"));
    repository.add_document("<html>", tag);
    EXPECT_THAT(check(recorded_key("p256")).reason, HasSubstr("its manifest: not JSON"));
    EXPECT_EQ(check(recorded_key("p256")).kind, Kind::Wrong);
}

TEST_F(SignaturesTest, that_cannot_be_fetched_leave_it_open) {
    repository.failing[tag] = {ErrorKind::Unavailable, "503"};
    repository.tagged.erase(fallback_tag);
    const auto verdict = check_signatures(repository, {digest}, recorded_key("p256"));
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(verdict.error().text, "looking for signatures: 503");
}

TEST_F(SignaturesTest, that_can_be_fetched_will_do_when_others_cannot) {
    repository.failing[tag] = {ErrorKind::Unavailable, "503"};
    EXPECT_EQ(check(recorded_key("p256")).kind, Kind::Signed) << "by a bundle";
}

TEST_F(SignaturesTest, are_found_where_the_index_does_not_repeat_their_type) {
    repository.tagged.erase(tag);
    auto index = *parse_index(repository.at(fallback_tag));
    for (auto& entry : index.manifests) entry.artifact_type.clear();
    repository.add_document(index_text(index.manifests), fallback_tag,
                            "application/vnd.oci.image.index.v1+json");
    EXPECT_EQ(check(recorded_key("p256")).kind, Kind::Signed);
}

TEST_F(SignaturesTest, are_not_what_refers_to_the_manifest_as_something_else) {
    repository.tagged.erase(tag);
    auto index = *parse_index(repository.at(fallback_tag));
    for (auto& entry : index.manifests)
        entry.artifact_type = "application/vnd.cncf.notary.signature";
    repository.add_document(index_text(index.manifests), fallback_tag,
                            "application/vnd.oci.image.index.v1+json");
    EXPECT_EQ(check(recorded_key("p256")).kind, Kind::Unsigned);
}

}  // namespace

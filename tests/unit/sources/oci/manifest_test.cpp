// SPDX-License-Identifier: Apache-2.0
#include "content/manifest.hpp"

#include "document_text.hpp"
#include "layout_repository.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

struct ManifestTest : testing::Test {
    void SetUp() override { repository.load_recorded(); }

    LayoutRepository repository;
};

TEST_F(ManifestTest, reads_every_recorded_document) {
    ASSERT_GE(repository.documents.size(), 15U);
    for (const auto& [digest, document] : repository.documents) {
        const auto parsed = parse_document(document);
        EXPECT_TRUE(parsed) << digest << ": " << parsed.error().text;
    }
}

TEST_F(ManifestTest, reads_what_oras_pushed) {
    const auto manifest = parse_manifest(repository.at("fw-1.2.3"));
    ASSERT_TRUE(manifest) << manifest.error().text;
    EXPECT_EQ(manifest->artifact_type, "application/vnd.unknown.artifact.v1");
    EXPECT_EQ(manifest->config.data, "{}");
    ASSERT_EQ(manifest->layers.size(), 1U);
    EXPECT_EQ(manifest->layers[0].media_type, "application/octet-stream");
    EXPECT_EQ(manifest->layers[0].size, 7716U);
    EXPECT_EQ(annotation(manifest->layers[0].annotations, "org.opencontainers.image.title"),
              "firmware.bin");
    EXPECT_EQ(annotation(manifest->annotations, "org.opencontainers.image.version"), "1.2.3");
}

TEST_F(ManifestTest, takes_an_empty_annotation_as_absent) {
    const auto manifest = parse_manifest(repository.at("image-2dbedf0"));
    ASSERT_TRUE(manifest) << manifest.error().text;
    EXPECT_TRUE(manifest->annotations.empty()) << "buildah wrote two of them";
}

TEST_F(ManifestTest, goes_by_the_content_type_where_umoci_said_nothing) {
    auto document = repository.at("umoci-1");
    ASSERT_EQ(document.body.find("manifest.v1+json"), std::string::npos);
    EXPECT_TRUE(parse_manifest(document));
    document.media_type.clear();
    const auto unknown = parse_manifest(document);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().text, HasSubstr("the media type is not said, expected an OCI"));
}

TEST_F(ManifestTest, refuses_a_document_that_is_not_what_the_answer_said) {
    auto document = repository.at("fw-1.2.3");
    document.media_type = "application/vnd.oci.image.index.v1+json";
    const auto manifest = parse_manifest(document);
    ASSERT_FALSE(manifest);
    EXPECT_EQ(manifest.error().kind, ajour::sdk::ErrorKind::Mismatch);
    EXPECT_THAT(manifest.error().text, HasSubstr("the answer's Content-Type was"));
}

TEST_F(ManifestTest, passes_over_the_parameters_of_a_content_type) {
    auto document = repository.at("fw-1.2.3");
    document.media_type += " ; charset=utf-8";
    EXPECT_TRUE(parse_manifest(document));
}

TEST_F(ManifestTest, reads_docker_schema_2) {
    const auto manifest = parse_manifest(repository.at("image-docker-2dbedf0"));
    ASSERT_TRUE(manifest) << manifest.error().text;
    EXPECT_EQ(manifest->layers[0].media_type, "application/vnd.docker.image.rootfs.diff.tar.gzip");
}

TEST_F(ManifestTest, reads_an_index_and_its_platforms) {
    const auto index = parse_index(repository.at("index-1"));
    ASSERT_TRUE(index) << index.error().text;
    ASSERT_EQ(index->manifests.size(), 1U);
    EXPECT_EQ(index->manifests[0].platform, (Platform{"none", "arm", ""}));
    EXPECT_FALSE(parse_manifest(repository.at("index-1")));
    EXPECT_FALSE(parse_index(repository.at("fw-1.2.3")));
}

TEST_F(ManifestTest, reads_a_manifest_list_of_docker) {
    const auto body =
        R"({"schemaVersion":2,)"
        R"("mediaType":"application/vnd.docker.distribution.manifest.list.v2+json","manifests":)" +
        json_of(std::vector{empty_config()}) + "}";
    const auto index = parse_index({"", "sha256:x", body});
    ASSERT_TRUE(index) << index.error().text;
    EXPECT_EQ(index->manifests.size(), 1U);
}

TEST_F(ManifestTest, reads_the_blobs_of_a_legacy_artifact_manifest) {
    const auto body = R"({"mediaType":"application/vnd.oci.artifact.manifest.v1+json",)"
                      R"("artifactType":"application/vnd.acme","blobs":)" +
                      json_of(std::vector{empty_config()}) + "}";
    const auto manifest = parse_manifest({"", "sha256:x", body});
    ASSERT_TRUE(manifest) << manifest.error().text;
    EXPECT_EQ(manifest->layers.size(), 1U);
    EXPECT_TRUE(manifest->config.digest.empty());
}

}  // namespace

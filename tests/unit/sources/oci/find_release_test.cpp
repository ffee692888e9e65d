// SPDX-License-Identifier: Apache-2.0
#include "content/found_release.hpp"
#include "document_text.hpp"
#include "layer_maker.hpp"
#include "layout_repository.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

struct FindReleaseTest : testing::Test {
    void SetUp() override { repository.load_recorded(); }

    FoundRelease find(const Document& document) {
        auto found = find_release(document, repository, wishes);
        EXPECT_TRUE(found) << found.error().text;
        return found ? std::move(*found) : FoundRelease();
    }
    std::string error(const Document& document) {
        const auto found = find_release(document, repository, wishes);
        return found ? "found" : found.error().text;
    }

    LayoutRepository repository;
    Wishes wishes;
};

TEST_F(FindReleaseTest, finds_the_layer_that_oras_pushed) {
    wishes.tag = "latest";
    const auto found = find(repository.at("fw-1.2.3"));
    EXPECT_FALSE(found.in_files);
    EXPECT_EQ(found.layers.at(0).size, 7716U);
    EXPECT_EQ(found.version, "1.2.3");
    EXPECT_EQ(found.created, "2026-11-22T11:00:00Z");
    EXPECT_EQ(found.manifest, repository.tagged["fw-1.2.3"]);
    EXPECT_EQ(found.index, "");
    EXPECT_TRUE(repository.asked.empty()) << "the manifest says it all";
}

TEST_F(FindReleaseTest, finds_the_files_of_every_recorded_image) {
    for (const auto* tag : {"image-2dbedf0", "bundler-2dbedf0", "image-docker-2dbedf0",
                            "image-layers-1", "signed-1", "umoci-1", "zstd-1"}) {
        const auto found = find(repository.at(tag));
        EXPECT_TRUE(found.in_files) << tag;
        EXPECT_FALSE(found.layers.empty());
        EXPECT_TRUE(repository.asked.empty()) << "nothing was fetched for it";
    }
    EXPECT_EQ(find(repository.at("umoci-1")).layers.size(), 2U);
}

TEST_F(FindReleaseTest, follows_an_index) {
    const auto found = find(repository.at("index-1"));
    EXPECT_EQ(found.manifest, repository.tagged["image-2dbedf0"]);
    EXPECT_EQ(found.index, repository.tagged["index-1"]);
    EXPECT_EQ(found.tagged(), found.index);
}

TEST_F(FindReleaseTest, follows_an_index_in_an_index_but_not_for_ever) {
    auto document = repository.at("fw-1.2.3");
    for (int depth = 1; depth <= 4; ++depth) {
        Descriptor entry;
        entry.media_type = document.media_type;
        entry.digest = document.digest;
        entry.size = document.body.size();
        document = repository.add_document(index_text({entry}), {},
                                           "application/vnd.oci.image.index.v1+json");
        if (depth <= 3) {
            EXPECT_EQ(find(document).version, "1.2.3");
        }
    }
    EXPECT_THAT(error(document), HasSubstr("too many indexes"));
}

TEST_F(FindReleaseTest, takes_the_version_said_closest_to_the_firmware) {
    auto firmware = repository.add_blob("firmware");
    const Annotations outer = {{"org.opencontainers.image.version", "index"}};
    const auto index_of = [&](const Document& manifest) {
        Descriptor entry;
        entry.media_type = manifest.media_type;
        entry.digest = manifest.digest;
        return repository.add_document(index_text({entry}, outer), {},
                                       "application/vnd.oci.image.index.v1+json");
    };
    EXPECT_EQ(find(index_of(repository.add_document(manifest_text({firmware})))).version, "index");
    const Annotations own = {{"org.opencontainers.image.version", "manifest"}};
    EXPECT_EQ(find(index_of(repository.add_document(manifest_text({firmware}, own)))).version,
              "manifest");
    firmware.annotations = {{"org.opencontainers.image.version", "layer"}};
    EXPECT_EQ(find(index_of(repository.add_document(manifest_text({firmware}, own)))).version,
              "layer");
    wishes.version = "wished";
    EXPECT_EQ(find(index_of(repository.add_document(manifest_text({firmware}, own)))).version,
              "wished");
}

TEST_F(FindReleaseTest, takes_a_raw_file_that_oras_called_tar) {
    auto layer =
        repository.add_blob(std::string(2000, 'f'), "application/vnd.oci.image.layer.v1.tar");
    layer.annotations["org.opencontainers.image.title"] = "target/release/fw.bin";
    const auto found = find(repository.add_document(manifest_text({layer})));
    EXPECT_FALSE(found.in_files);
    EXPECT_EQ(found.layers.at(0).digest, layer.digest);
    EXPECT_EQ(repository.asked["blob"], 1);
}

TEST_F(FindReleaseTest, looks_into_a_titled_tar_that_is_one) {
    auto layer = repository.add_blob(make_layer({{"firmware.bin", "x"}}),
                                     "application/vnd.oci.image.layer.v1.tar");
    layer.annotations["org.opencontainers.image.title"] = "files.tar";
    EXPECT_TRUE(find(repository.add_document(manifest_text({layer}))).in_files);
}

TEST_F(FindReleaseTest, reads_a_legacy_artifact_manifest) {
    const auto firmware = repository.add_blob("firmware");
    const auto body = R"({"mediaType":"application/vnd.oci.artifact.manifest.v1+json","blobs":)" +
                      json_of(std::vector{firmware}) + "}";
    wishes.tag = "1.0";
    const auto found =
        find(repository.add_document(body, {}, "application/vnd.oci.artifact.manifest.v1+json"));
    EXPECT_EQ(found.layers.at(0).digest, firmware.digest);
    EXPECT_EQ(found.version, "1.0");
}

TEST_F(FindReleaseTest, refuses_firmware_of_no_or_too_many_bytes) {
    auto firmware = repository.add_blob("");
    EXPECT_THAT(error(repository.add_document(manifest_text({firmware}))),
                HasSubstr("has 0 bytes, expected 1 to"));
    firmware.size = wishes.limits.image_bytes + 1;
    EXPECT_THAT(error(repository.add_document(manifest_text({firmware}))),
                HasSubstr("expected 1 to 67108864"));
}

TEST_F(FindReleaseTest, names_the_document_that_is_broken) {
    const auto document = repository.add_document("<html>");
    EXPECT_THAT(error(document), HasSubstr(document.digest + ": not JSON"));
}

TEST_F(FindReleaseTest, gives_back_what_the_repository_says) {
    Descriptor entry;
    entry.media_type = "application/vnd.oci.image.manifest.v1+json";
    entry.digest = "sha256:" + std::string(64, 'e');
    const auto index =
        repository.add_document(index_text({entry}), {}, "application/vnd.oci.image.index.v1+json");
    repository.failing[entry.digest] = {ErrorKind::Unavailable, "503"};
    const auto found = find_release(index, repository, wishes);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Unavailable);
}

}  // namespace

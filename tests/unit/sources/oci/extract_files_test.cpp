// SPDX-License-Identifier: Apache-2.0
#include "content/found_release.hpp"
#include "document_text.hpp"
#include "layer_maker.hpp"
#include "layout_repository.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

const std::string layer_type = "application/vnd.oci.image.layer.v1.tar+gzip";

std::string metadata_of(const std::string& firmware, const std::string& version = "1.4.2") {
    return R"({"version":")" + version + R"(","size":)" + std::to_string(firmware.size()) +
           R"(,"checksum":")" + hash_of(firmware).hex() + "\"}";
}

struct ExtractFilesTest : testing::Test {
    /// From the bottom up.
    void add_layer(const std::vector<MadeEntry>& entries, Annotations annotations = {}) {
        auto layer = repository.add_blob(make_layer(entries, Packing::Gzip), layer_type);
        layer.annotations = std::move(annotations);
        found.layers.push_back(layer);
    }
    ajour::sdk::Result<ExtractedFiles> extract() {
        found.in_files = true;
        found.manifest = "sha256:" + std::string(64, 'a');
        return extract_files(found, repository, wishes, image);
    }
    std::string firmware() {
        const auto extracted = extract();
        if (!extracted) return "error: " + extracted.error().text;
        const auto bytes = ajour::support::content_of(image);
        EXPECT_EQ(extracted->size, bytes.size());
        EXPECT_EQ(extracted->sha256, hash_of(bytes));
        return bytes;
    }
    std::size_t files_left() {
        std::size_t count = 0;
        for (const auto& unused : std::filesystem::directory_iterator(temp.path())) {
            (void)unused;
            ++count;
        }
        return count;
    }

    ajour::support::TempDirectory temp;
    std::filesystem::path image = temp.path() / "image";
    LayoutRepository repository;
    FoundRelease found;
    Wishes wishes;
};

TEST_F(ExtractFilesTest, gives_the_firmware_of_recorded_images) {
    repository.load_recorded();
    for (const auto* tag : {"image-2dbedf0", "image-docker-2dbedf0", "zstd-1", "index-1"}) {
        const auto release = find_release(repository.at(tag), repository, wishes);
        ASSERT_TRUE(release) << tag << ": " << release.error().text;
        EXPECT_TRUE(release->in_files);
        const auto extracted = extract_files(*release, repository, wishes, image);
        ASSERT_TRUE(extracted) << tag << ": " << extracted.error().text;
        EXPECT_FALSE(extracted->version.empty());
        EXPECT_EQ(hash_of(ajour::support::content_of(image)), extracted->sha256);
    }
    EXPECT_EQ(files_left(), 1U);
}

TEST_F(ExtractFilesTest, gives_what_the_image_says_of_itself) {
    repository.load_recorded();
    found = *find_release(repository.at("image-2dbedf0"), repository, wishes);
    const auto extracted = extract();
    ASSERT_TRUE(extracted) << extracted.error().text;
    EXPECT_EQ(extracted->version, "2dbedf0");
    EXPECT_EQ(extracted->size, 7716U);
    EXPECT_EQ(extracted->sha256.hex(),
              "c27f18888ea9a43c7486b4ba9c79177d169928031a4d5ce32ce122941bc74d30");
}

TEST_F(ExtractFilesTest, finds_the_files_in_different_layers) {
    add_layer({{"firmware.bin", "abc"}});
    add_layer({{"./firmware.json", metadata_of("abc")}});
    EXPECT_EQ(firmware(), "abc");
}

TEST_F(ExtractFilesTest, takes_the_names_of_the_original_bundler) {
    add_layer({{"firmware", "abc"}, {"metadata.json", metadata_of("abc")}});
    EXPECT_EQ(firmware(), "abc");
}

TEST_F(ExtractFilesTest, takes_configured_names_in_a_directory) {
    wishes.files = {{"boot/app.bin", "boot/app.json"}};
    add_layer(
        {{"boot/", "", AE_IFDIR}, {"/boot/app.bin", "abc"}, {"boot/app.json", metadata_of("abc")}});
    EXPECT_EQ(firmware(), "abc");
}

TEST_F(ExtractFilesTest, takes_the_file_of_the_layer_above) {
    add_layer({{"firmware.bin", "old"}, {"firmware.json", metadata_of("old")}});
    add_layer({{"firmware.bin", "new"}, {"firmware.json", metadata_of("new")}});
    EXPECT_EQ(firmware(), "new");
    EXPECT_EQ(repository.asked["blob"], 1) << "the layer below was not needed";
}

TEST_F(ExtractFilesTest, takes_the_last_of_two_entries_of_one_name) {
    add_layer({{"firmware.bin", "longer than new"},
               {"firmware.json", metadata_of("new")},
               {"./firmware.bin", "new"}});
    EXPECT_EQ(firmware(), "new");
}

TEST_F(ExtractFilesTest, does_not_see_what_a_whiteout_took_away) {
    for (const auto* whiteout : {".wh.firmware.bin", ".wh..wh..opq"}) {
        found.layers.clear();
        add_layer({{"firmware.bin", "abc"}, {"firmware.json", metadata_of("abc")}});
        add_layer({{whiteout, ""}});
        EXPECT_THAT(firmware(), HasSubstr("firmware.bin was deleted by a layer above")) << whiteout;
    }
}

TEST_F(ExtractFilesTest, keeps_what_is_in_the_layer_of_the_whiteout) {
    add_layer({{"firmware.bin", "old"}, {"firmware.json", metadata_of("old")}});
    add_layer({{"firmware.bin", "new"},
               {".wh..wh..opq", ""},
               {".wh.firmware.json", ""},
               {"firmware.json", metadata_of("new")}});
    EXPECT_EQ(firmware(), "new");
}

TEST_F(ExtractFilesTest, follows_no_link) {
    add_layer({{"secret", "abc"}, {"firmware.json", metadata_of("abc")}});
    add_layer({{"firmware.bin", "", AE_IFLNK, "secret"}});
    EXPECT_THAT(firmware(), HasSubstr("firmware.bin is no regular file"));
    found.layers.clear();
    add_layer({{"secret", "abc"},
               {"firmware.bin", "", AE_IFREG, "", "secret"},
               {"firmware.json", metadata_of("abc")}});
    EXPECT_THAT(firmware(), HasSubstr("firmware.bin is no regular file"));
}

TEST_F(ExtractFilesTest, does_not_look_behind_a_link_in_the_place_of_a_directory) {
    wishes.files = {{"boot/app.bin", "app.json"}};
    add_layer({{"boot/app.bin", "abc"}, {"app.json", metadata_of("abc")}});
    add_layer({{"boot", "", AE_IFLNK, "/elsewhere"}});
    EXPECT_THAT(firmware(), HasSubstr("lies in something that is no directory"));
}

TEST_F(ExtractFilesTest, refuses_a_path_that_climbs) {
    add_layer({{"../firmware.bin", "abc"}});
    EXPECT_THAT(firmware(), HasSubstr("\"..\" is refused"));
}

TEST_F(ExtractFilesTest, takes_the_directory_that_oras_packed) {
    add_layer({{"out/", "", AE_IFDIR},
               {"out/firmware.bin", "abc"},
               {"out/firmware.json", metadata_of("abc")}},
              {{"org.opencontainers.image.title", "out"}, {"io.deis.oras.content.unpack", "true"}});
    EXPECT_EQ(firmware(), "abc");
}

TEST_F(ExtractFilesTest, says_which_files_are_missing) {
    add_layer({{"firmware.bin", "abc"}, {"readme", "x"}});
    EXPECT_THAT(firmware(), HasSubstr("firmware.json is not there"));
    EXPECT_THAT(firmware(), HasSubstr("firmware is not there, metadata.json is not there"));
    EXPECT_EQ(extract().error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(ExtractFilesTest, refuses_firmware_that_is_not_what_its_metadata_says) {
    add_layer({{"firmware.bin", "abd"}, {"firmware.json", metadata_of("abc")}});
    EXPECT_THAT(firmware(), HasSubstr("firmware.bin: the firmware has the SHA-256"));
    found.layers.clear();
    add_layer({{"firmware.bin", "abcd"}, {"firmware.json", metadata_of("abc")}});
    EXPECT_THAT(firmware(), HasSubstr("has 4 bytes, its metadata says 3"));
    EXPECT_EQ(extract().error().kind, ErrorKind::Mismatch);
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(ExtractFilesTest, refuses_metadata_that_is_broken_or_endless) {
    add_layer({{"firmware.bin", "abc"}, {"firmware.json", "<html>"}});
    EXPECT_THAT(firmware(), HasSubstr("firmware.json: not JSON"));
    found.layers.clear();
    add_layer({{"firmware.bin", "abc"}, {"firmware.json", std::string(70'000, ' ')}});
    EXPECT_THAT(firmware(), HasSubstr("more than 65536 bytes"));
}

TEST_F(ExtractFilesTest, refuses_a_layer_with_another_digest_or_size) {
    add_layer({{"firmware.bin", "abc"}, {"firmware.json", metadata_of("abc")}});
    auto& bytes = repository.blobs[found.layers[0].digest];
    const auto good = bytes;
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    EXPECT_THAT(firmware(), HasSubstr("the layer has the digest sha256:"));
    bytes = good.substr(0, 50);
    EXPECT_THAT(firmware(), HasSubstr("the layer has 50 bytes, its manifest says"));
    bytes = good + "x";
    EXPECT_THAT(firmware(), HasSubstr("the layer has more than"));
    bytes = "<html>rate limited</html>";
    EXPECT_THAT(firmware(), HasSubstr("the layer has 25 bytes"));
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(ExtractFilesTest, stops_at_each_limit) {
    add_layer({{"firmware.bin", std::string(5000, 'x')},
               {"firmware.json", metadata_of(std::string(5000, 'x'))}});
    wishes.limits.image_bytes = 4999;
    EXPECT_THAT(firmware(), HasSubstr("the firmware has more than 4999 bytes"));
    EXPECT_EQ(extract().error().kind, ErrorKind::Refused);
    wishes.limits = {};
    wishes.limits.stored_bytes = 10;
    EXPECT_THAT(firmware(), HasSubstr("the layers have more than 10 bytes"));
    wishes.limits = {};
    wishes.limits.inflated_bytes = 1000;
    EXPECT_THAT(firmware(), HasSubstr("inflate to more than the limit"));
    wishes.limits = {};
    wishes.limits.entries = 1;
    EXPECT_THAT(firmware(), HasSubstr("more entries than the limit"));
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(ExtractFilesTest, leaves_the_image_before_it_alone_when_something_is_wrong) {
    temp.write("image", "before");
    add_layer({{"firmware.bin", "abd"}, {"firmware.json", metadata_of("abc")}});
    EXPECT_FALSE(extract());
    EXPECT_EQ(ajour::support::content_of(image), "before");
    EXPECT_EQ(files_left(), 1U);
}

TEST_F(ExtractFilesTest, names_a_version_that_the_metadata_does_not) {
    add_layer({{"firmware.bin", "abc"}, {"firmware.json", metadata_of("abc", "")}});
    found.words.tag = "v7";
    EXPECT_EQ(extract()->version, "v7");
    found.words.annotation = "7.0";
    EXPECT_EQ(extract()->version, "7.0");
    wishes.version = "wished";
    found.words.wished = "wished";
    EXPECT_EQ(extract()->version, "wished");
}

TEST_F(ExtractFilesTest, gives_back_what_the_repository_says) {
    add_layer({{"firmware.bin", "abc"}});
    repository.failing[found.layers[0].digest] = {ErrorKind::Throttled, "429"};
    const auto extracted = extract();
    ASSERT_FALSE(extracted);
    EXPECT_EQ(extracted.error().kind, ErrorKind::Throttled);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "content/layer_choice.hpp"

#include "layer_maker.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::string octets = "application/octet-stream";
const std::string tar = "application/vnd.oci.image.layer.v1.tar";

Descriptor layer(const std::string& type, const std::string& title = {}) {
    Descriptor descriptor;
    descriptor.media_type = type;
    if (!title.empty()) descriptor.annotations["org.opencontainers.image.title"] = title;
    return descriptor;
}

std::string chosen(const std::vector<Descriptor>& layers, const Wishes& wishes = {}) {
    std::vector<LayerKind> kinds;
    for (const auto& one : layers) kinds.push_back(kind_of(one));
    const auto choice = choose_layer(layers, kinds, wishes);
    if (!choice) return choice.error().text;
    if (!*choice) return "files";
    return (*choice)->media_type + " " +
           annotation((*choice)->annotations, "org.opencontainers.image.title");
}

TEST(LayerChoice, prefers_the_configured_title_to_all) {
    Wishes wishes;
    wishes.title = "app.bin";
    wishes.media_types = {"x/y"};
    EXPECT_EQ(
        chosen({layer("x/y", "firmware.bin"), layer(octets), layer("a/b", "app.bin")}, wishes),
        "a/b app.bin");
}

TEST(LayerChoice, prefers_firmware_bin_to_a_media_type) {
    Wishes wishes;
    wishes.media_types = {"x/y"};
    EXPECT_EQ(chosen({layer("x/y"), layer("a/b", "firmware.bin")}, wishes), "a/b firmware.bin");
}

TEST(LayerChoice, prefers_configured_media_types_in_their_order) {
    Wishes wishes;
    wishes.media_types = {"x/z", "x/y"};
    EXPECT_EQ(chosen({layer(octets), layer("x/y"), layer("x/z", "one")}, wishes), "x/z one");
}

TEST(LayerChoice, takes_the_first_octet_stream) {
    EXPECT_EQ(chosen({layer("text/plain", "notes"), layer(octets, "1"), layer(octets, "2")}),
              octets + " 1");
}

TEST(LayerChoice, takes_the_only_layer_that_is_no_tar) {
    EXPECT_EQ(chosen({layer("application/vnd.esp32.firmware.bin")}),
              "application/vnd.esp32.firmware.bin ");
    EXPECT_EQ(chosen({layer(tar), layer("application/vnd.esp32.firmware.bin")}),
              "application/vnd.esp32.firmware.bin ");
}

TEST(LayerChoice, looks_into_files_when_all_layers_are_tar) {
    for (const auto* type :
         {"application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip",
          "application/vnd.oci.image.layer.v1.tar+zstd",
          "application/vnd.docker.image.rootfs.diff.tar.gzip",
          "application/vnd.oci-zero.firmware.layer.v1.tar+gzip"}) {
        EXPECT_EQ(chosen({layer(type), layer(tar)}), "files") << type;
    }
}

TEST(LayerChoice, says_what_there_is_when_it_is_not_clear) {
    EXPECT_THAT(chosen({layer("a/b"), layer("c/d", "x")}),
                HasSubstr("which of 2 layers is the firmware is not clear: a/b, c/d \"x\""));
    EXPECT_THAT(chosen({}), HasSubstr("names no layers"));
    EXPECT_LE(chosen(std::vector(200, layer("a/b", std::string(2000, '\n')))).size(), 300U);
}

TEST(LayerChoice, refuses_encrypted_layers) {
    EXPECT_THAT(chosen({layer(tar + "+gzip+encrypted")}), HasSubstr("encrypted"));
}

TEST(LayerKind, is_unclear_for_a_titled_tar_that_was_not_a_directory) {
    EXPECT_EQ(kind_of(layer(tar, "firmware.bin")), LayerKind::Unclear);
    EXPECT_EQ(kind_of(layer(tar)), LayerKind::Tar);
    EXPECT_EQ(kind_of(layer(octets, "x.tar")), LayerKind::Raw);
    auto directory = layer(tar + "+gzip", "out");
    directory.annotations["io.deis.oras.content.unpack"] = "true";
    EXPECT_EQ(kind_of(directory), LayerKind::Tar);
}

TEST(LayerKind, is_told_by_the_first_bytes) {
    const std::vector<MadeEntry> files = {{"firmware.bin", "abc"}};
    EXPECT_TRUE(begins_like_tar(make_layer(files), tar));
    EXPECT_TRUE(begins_like_tar(make_layer(files, Packing::Gzip), tar + "+gzip"));
    EXPECT_TRUE(begins_like_tar(make_layer(files, Packing::Zstd), tar + "+zstd"));
    EXPECT_FALSE(begins_like_tar(make_layer(files, Packing::Gzip), tar));
    EXPECT_FALSE(begins_like_tar(std::string(512, '\0'), tar));
    EXPECT_FALSE(begins_like_tar(std::string(512, '\xff'), tar));
    EXPECT_FALSE(begins_like_tar("short", tar));
    EXPECT_FALSE(begins_like_tar("", tar + "+gzip"));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "archive/zstd_window.hpp"

#include "archive/layer_archive.hpp"
#include "content/scratch_file.hpp"
#include "layer_maker.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using testing::HasSubstr;
using namespace std::string_literals;

namespace {

/// A frame with a window descriptor and one empty raw block, which is the last.
std::string frame(unsigned char window) {
    return "\x28\xb5\x2f\xfd\x00"s + static_cast<char>(window) + "\x01\x00\x00"s;
}

struct ZstdWindowTest : testing::Test {
    ScratchFile file_of(const std::string& bytes) {
        auto file = *ScratchFile::create(temp.path() / "layer", UINT64_MAX, "the layer",
                                         ajour::sdk::ErrorKind::Refused);
        EXPECT_TRUE(file.write(ajour::sdk::bytes_of(bytes)));
        return file;
    }
    std::string window(const std::string& bytes) {
        const auto file = file_of(bytes);
        const auto found = largest_window(file.descriptor());
        return found ? std::to_string(*found) : found.error().text;
    }

    ajour::support::TempDirectory temp;
};

TEST_F(ZstdWindowTest, is_read_from_the_descriptor_of_a_frame) {
    EXPECT_EQ(window(frame(0)), "1024");
    EXPECT_EQ(window(frame(0x58)), std::to_string(2 << 20));
    EXPECT_EQ(window(frame(0x5f)), std::to_string((2 << 20) + 7 * (2 << 20) / 8));
    EXPECT_EQ(window(frame(0xff)), std::to_string(15ULL << 38));
}

TEST_F(ZstdWindowTest, is_the_content_where_there_is_one_segment) {
    const auto single = "\x28\xb5\x2f\xfd"s;
    EXPECT_EQ(window(single + "\x20\x05\x01\x00\x00"s), "5");
    EXPECT_EQ(window(single + "\x60\x01\x00\x01\x00\x00"s), "257");
    EXPECT_EQ(window(single + "\xa0\x00\x00\x00\x10\x01\x00\x00"s), std::to_string(1 << 28));
}

TEST_F(ZstdWindowTest, is_the_largest_of_all_frames) {
    const auto skipped = "\x50\x2a\x4d\x18\x03\x00\x00\x00xyz"s;
    EXPECT_EQ(window(frame(0x58) + skipped + frame(0x60) + frame(0)), std::to_string(4 << 20));
}

TEST_F(ZstdWindowTest, is_not_told_by_a_file_that_was_cut_or_is_another) {
    EXPECT_THAT(window(frame(0).substr(0, 7)), HasSubstr("frames are damaged"));
    EXPECT_THAT(window(frame(0).substr(0, 5)), HasSubstr("frames are damaged"));
    EXPECT_THAT(window(frame(0) + "garbage"), HasSubstr("frames are damaged"));
    std::string many;
    for (int i = 0; i < (1 << 20) + 1; ++i) many += "\x50\x2a\x4d\x18\x00\x00\x00\x00"s;
    EXPECT_THAT(window(many), HasSubstr("frames are damaged"));
}

TEST_F(ZstdWindowTest, goes_through_what_libzstd_writes) {
    std::string content;
    for (long i = 0; i < 400'000; ++i) content += std::to_string(i * 7919);
    EXPECT_EQ(window(make_layer({{"one", content}}, Packing::Zstd)), std::to_string(2 << 20));
}

TEST_F(ZstdWindowTest, that_is_too_large_is_refused_before_anything_is_inflated) {
    const auto file = file_of(frame(0x58) + frame(0x80));
    InflateBudget budget{1000, 100U << 20, 200};
    const auto archive = LayerArchive::open(file.descriptor(), budget);
    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().kind, ajour::sdk::ErrorKind::Refused);
    EXPECT_THAT(archive.error().text,
                HasSubstr("needs a window of 67108864 bytes, at most 33554432"));
}

}  // namespace

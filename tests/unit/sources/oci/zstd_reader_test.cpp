// SPDX-License-Identifier: Apache-2.0
#include "archive/zstd_reader.hpp"

#include "layer_maker.hpp"
#include "support/temp_directory.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;
using namespace std::string_literals;

namespace {

const auto skipped = "\x50\x2a\x4d\x18\x03\x00\x00\x00xyz"s;

/// A frame with a window descriptor and one raw block, which is the last.
std::string frame(unsigned char window, const std::string& content = "") {
    return "\x28\xb5\x2f\xfd\x00"s + static_cast<char>(window) +
           static_cast<char>(content.size() << 3 | 1) + "\x00\x00"s + content;
}

struct ZstdReaderTest : testing::Test {
    ~ZstdReaderTest() override { ::close(file); }

    ZstdReader reader_of(const std::string& bytes) {
        ::close(file);
        file = ::open(temp.write("layer", bytes).c_str(), O_RDONLY | O_CLOEXEC);
        return {file, directory};
    }
    /// All of it, and the error that ended it.
    std::string inflated(const std::string& bytes) {
        auto reader = reader_of(bytes);
        std::string text;
        for (;;) {
            const auto read = reader.read();
            if (!read) return text + "|" + read.error().text;
            if (read->empty()) break;
            text += ajour::sdk::text_of(*read);
        }
        EXPECT_EQ(reader.consumed(), bytes.size());
        return text;
    }

    ajour::support::TempDirectory temp;
    std::filesystem::path directory = temp.path();
    int file = -1;
};

TEST_F(ZstdReaderTest, reads_frame_after_frame_and_passes_over_what_is_to_be_skipped) {
    EXPECT_EQ(inflated(frame(0, "one") + skipped + frame(0) + frame(0x68, "two")), "onetwo");
    EXPECT_EQ(inflated(skipped), "");
    EXPECT_EQ(inflated(""), "");
}

TEST_F(ZstdReaderTest, reads_what_libzstd_writes) {
    std::string content;
    for (long i = 0; i < 400'000; ++i) content += std::to_string(i * 7919);
    const auto text = inflated(make_layer({{"one", content}}, Packing::Zstd));
    EXPECT_TRUE(text.substr(512).starts_with(content));
}

TEST_F(ZstdReaderTest, refuses_what_was_cut_or_is_another) {
    EXPECT_THAT(inflated(frame(0, "one").substr(0, 10)), HasSubstr("|reading the layer's archive"));
    EXPECT_THAT(inflated(frame(0).substr(0, 5)), HasSubstr("|reading the layer's archive"));
    EXPECT_THAT(inflated(frame(0, "one") + "garbage"),
                HasSubstr("one|reading the layer's archive"));
    EXPECT_THAT(inflated(frame(0, "one") + "\x28\xb5"), HasSubstr("its zstd is cut"));
}

TEST_F(ZstdReaderTest, refuses_a_window_that_is_too_large) {
    EXPECT_EQ(inflated(frame(0x78, "as large as it may be")), "as large as it may be");
    auto reader = reader_of(frame(0x79, "larger"));
    const auto read = reader.read();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Refused);
    EXPECT_THAT(read.error().text, HasSubstr("asks for a window of more than 33554432 bytes"));
}

TEST_F(ZstdReaderTest, has_its_window_in_the_directory) {
    directory = temp.path() / "missing";
    EXPECT_EQ(inflated(frame(0, "small")), "small");
    EXPECT_THAT(inflated(frame(0x68, "large")),
                HasSubstr("|the window of the layer's zstd: making a file of "));
}

}  // namespace

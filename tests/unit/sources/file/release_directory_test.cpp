// SPDX-License-Identifier: Apache-2.0
#include "sources/file/release_directory.hpp"

#include "support/temp_directory.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

using ajour::file::ReleaseDirectory;
using ajour::sdk::ErrorKind;
using ajour::support::TempDirectory;
using testing::HasSubstr;

namespace {

struct ReleaseDirectoryTest : testing::Test {
    ErrorKind refusal(const std::string& file) {
        const auto opened = directory.open(file);
        EXPECT_FALSE(opened) << file;
        if (opened) return ErrorKind::Internal;
        EXPECT_THAT(opened.error().text, HasSubstr(file));
        return opened.error().kind;
    }

    TempDirectory temp;
    ReleaseDirectory directory{temp.path()};
};

TEST_F(ReleaseDirectoryTest, reads_a_file_from_any_place) {
    temp.write("a.bin", "0123456789");
    const auto file = directory.open("a.bin");
    ASSERT_TRUE(file) << file.error().text;
    EXPECT_EQ(file->size(), 10U);
    std::array<std::uint8_t, 4> room{};
    EXPECT_EQ(*file->read(room, 3), 4U);
    EXPECT_EQ(room[0], '3');
    EXPECT_EQ(*file->read(room, 8), 2U);
    EXPECT_EQ(*file->read(room, 10), 0U);
}

TEST_F(ReleaseDirectoryTest, names_a_file_that_is_missing) {
    EXPECT_EQ(refusal("missing.bin"), ErrorKind::NotFound);
}

TEST_F(ReleaseDirectoryTest, names_a_directory_that_is_missing) {
    const auto opened = ReleaseDirectory(temp.path() / "gone").open("a.bin");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(opened.error().text, HasSubstr("gone"));
}

TEST_F(ReleaseDirectoryTest, follows_no_link) {
    temp.write("secret", "secret");
    std::filesystem::create_symlink(temp.path() / "secret", temp.path() / "link.bin");
    EXPECT_EQ(refusal("link.bin"), ErrorKind::Refused);
}

TEST_F(ReleaseDirectoryTest, opens_neither_directories_nor_pipes) {
    std::filesystem::create_directory(temp.path() / "d.bin");
    ASSERT_EQ(::mkfifo((temp.path() / "p.bin").c_str(), 0600), 0);
    EXPECT_EQ(refusal("d.bin"), ErrorKind::Refused);
    EXPECT_EQ(refusal("p.bin"), ErrorKind::Refused);
}

TEST_F(ReleaseDirectoryTest, keeps_reading_the_file_that_it_opened) {
    temp.write("a.bin", "old");
    const auto file = directory.open("a.bin");
    ASSERT_TRUE(file);
    std::filesystem::rename(temp.write("new", "new"), temp.path() / "a.bin");
    std::array<std::uint8_t, 3> room{};
    EXPECT_EQ(*file->read(room, 0), 3U);
    EXPECT_EQ(room[0], 'o');
}

}  // namespace

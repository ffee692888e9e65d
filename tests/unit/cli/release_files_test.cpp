// SPDX-License-Identifier: Apache-2.0
#include "cli/release_files.hpp"

#include "cli/publish.hpp"
#include "support/temp_directory.hpp"

#include <gmock/gmock.h>

using ajour::cli::list_releases;
using ajour::cli::publish;
using ajour::cli::read_release;
using ajour::cli::remove_release;
using ajour::support::TempDirectory;
using testing::HasSubstr;

namespace {

struct ReleaseFilesTest : testing::Test {
    void SetUp() override {
        for (const std::string name : {"zebra", "ant"}) {
            ASSERT_TRUE(publish({temp.write("image", "hello"), name, "1.0.1", root, 1 << 20}));
        }
    }

    TempDirectory temp;
    std::filesystem::path root = temp.path() / "releases";
};

TEST_F(ReleaseFilesTest, lists_what_was_published_by_name) {
    const auto releases = list_releases(root);
    ASSERT_TRUE(releases);
    ASSERT_EQ(releases->size(), 2U);
    EXPECT_EQ((*releases)[0].name, "ant");
    EXPECT_EQ((*releases)[1].name, "zebra");
    EXPECT_EQ((*releases)[0].version, "1.0.1");
    EXPECT_EQ((*releases)[0].size, 5U);
    EXPECT_EQ((*releases)[0].problem, "");
}

TEST_F(ReleaseFilesTest, lists_nothing_where_no_directory_is) {
    const auto releases = list_releases(temp.path() / "gone");
    ASSERT_TRUE(releases);
    EXPECT_TRUE(releases->empty());
}

TEST_F(ReleaseFilesTest, says_what_is_wrong_with_each) {
    std::filesystem::remove(root / "ant.bin");
    EXPECT_THAT(read_release(root, "ant").problem, HasSubstr("ant.bin: No such file"));
    std::filesystem::resize_file(root / "zebra.bin", 3);
    EXPECT_EQ(read_release(root, "zebra").problem, "zebra.bin has 3 bytes");
    EXPECT_THAT(read_release(root, "gone").problem, HasSubstr("cannot read gone.json"));
    temp.write("releases/bad.json", std::string(100'000, '['));
    EXPECT_THAT(read_release(root, "bad").problem, HasSubstr("JSON of 65537 bytes"));
    temp.write("releases/odd.json", R"({"version":"1","size":5,"checksum":"abc"})");
    temp.write("releases/odd.bin", "hello");
    EXPECT_EQ(read_release(root, "odd").problem, "no SHA-256");
}

TEST_F(ReleaseFilesTest, removes_both_files_and_bears_a_second_time) {
    EXPECT_TRUE(remove_release(root, "ant"));
    EXPECT_FALSE(std::filesystem::exists(root / "ant.json"));
    EXPECT_FALSE(std::filesystem::exists(root / "ant.bin"));
    EXPECT_TRUE(std::filesystem::exists(root / "zebra.bin"));
    EXPECT_TRUE(remove_release(root, "ant"));
}

}  // namespace

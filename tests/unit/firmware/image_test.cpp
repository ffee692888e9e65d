// SPDX-License-Identifier: Apache-2.0
#include "firmware/image.hpp"

#include "digest/sha256.hpp"
#include "support/sample_image.hpp"
#include "support/temp_directory.hpp"

#include <gtest/gtest.h>

namespace ajour::firmware {

namespace {

using sdk::ErrorKind;

class ImageTest : public testing::Test {
protected:
    support::TempDirectory directory;
    sdk::Bytes content = support::sample_image(5000);
    sdk::Sha256 sha256 = digest::sha256(content);
};

TEST_F(ImageTest, shows_the_bytes_of_the_file) {
    const auto file = directory.write("image", sdk::text_of(content));
    const auto image = Image::open(file, sha256);
    ASSERT_TRUE(image);
    EXPECT_TRUE(std::equal(content.begin(), content.end(), (*image)->bytes().begin(),
                           (*image)->bytes().end()));
    EXPECT_EQ((*image)->sha256(), sha256);
}

TEST_F(ImageTest, stays_readable_after_its_file_is_removed) {
    const auto file = directory.write("image", sdk::text_of(content));
    const auto image = Image::open(file, sha256);
    ASSERT_TRUE(image);
    std::filesystem::remove(file);
    EXPECT_EQ((*image)->bytes().back(), content.back());
}

TEST_F(ImageTest, refuses_a_file_of_another_digest_and_names_both) {
    content[17] ^= 1;
    const auto image = Image::open(directory.write("image", sdk::text_of(content)), sha256);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::Mismatch);
    EXPECT_NE(image.error().text.find(sha256.hex()), std::string::npos);
    EXPECT_NE(image.error().text.find(digest::sha256(content).hex()), std::string::npos);
}

TEST_F(ImageTest, refuses_an_empty_file) {
    const auto image = Image::open(directory.write("image", ""), sha256);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::Mismatch);
}

TEST_F(ImageTest, refuses_what_is_no_file) {
    const auto missing = Image::open(directory.path() / "missing", sha256);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(missing.error().text.find("missing"), std::string::npos);
    EXPECT_FALSE(Image::open(directory.path(), sha256));
}

TEST_F(ImageTest, follows_no_link) {
    const auto file = directory.write("image", sdk::text_of(content));
    std::filesystem::create_symlink(file, directory.path() / "link");
    EXPECT_FALSE(Image::open(directory.path() / "link", sha256));
}

}  // namespace

}  // namespace ajour::firmware

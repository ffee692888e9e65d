// SPDX-License-Identifier: Apache-2.0
#include "content/version_name.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

const std::vector<std::string> moving = {"latest", "main"};

VersionWords all_words() {
    VersionWords words;
    words.wished = "wished";
    words.metadata = "metadata";
    words.annotation = "annotation";
    words.label = "label";
    words.tag = "tag";
    words.revision = "0123456789abcdef";
    words.other_tag = "other";
    words.firmware_hex = "44136fa355b3678a1146ad16f7e8649e";
    return words;
}

TEST(VersionName, is_the_first_word_that_there_is) {
    auto words = all_words();
    const std::pair<std::string*, const char*> steps[] = {
        {&words.wished, "wished"},
        {&words.metadata, "metadata"},
        {&words.annotation, "annotation"},
        {&words.label, "label"},
        {&words.tag, "tag"},
        {&words.revision, "0123456789ab"},
        {&words.other_tag, "other"},
        {&words.firmware_hex, "sha256-44136fa35"}};
    int step = 0;
    for (const auto& [word, expected] : steps) {
        const auto name = name_version(words, moving);
        ASSERT_TRUE(name) << name.error().text;
        EXPECT_EQ(name->text, expected);
        EXPECT_EQ(static_cast<int>(name->step), ++step);
        word->clear();
    }
    EXPECT_FALSE(name_version(words, moving)) << "nothing is left";
}

TEST(VersionName, is_never_a_tag_that_moves) {
    VersionWords words;
    words.firmware_hex = "44136fa355b3678a";
    for (const auto* tag : {"latest", "LATEST", "main"}) {
        words.tag = tag;
        EXPECT_EQ(name_version(words, moving)->text, "sha256-44136fa35") << tag;
    }
    words.tag = "latest-1";
    EXPECT_EQ(name_version(words, moving)->text, "latest-1");
}

TEST(VersionName, has_at_most_255_bytes) {
    VersionWords words;
    words.annotation = std::string(255, 'v');
    EXPECT_EQ(name_version(words, moving)->text.size(), 255U);
    words.annotation += 'v';
    const auto name = name_version(words, moving);
    ASSERT_FALSE(name);
    EXPECT_THAT(name.error().text,
                HasSubstr("org.opencontainers.image.version has 256 bytes, at most 255"));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "protocol/version.hpp"

#include <gtest/gtest.h>

namespace ajour::test {

namespace {

using protocol::Version;

TEST(Version, is_empty_at_first) {
    EXPECT_EQ(Version().size(), 0U);
    EXPECT_EQ(Version(), "");
}

TEST(Version, holds_any_bytes) {
    const std::string_view bytes("\0\xff|\n", 4);
    EXPECT_EQ(Version(bytes).text(), bytes);
}

TEST(Version, is_cut_at_its_largest_size) {
    const std::string text(256, 'v');
    EXPECT_FALSE(Version::fits(text.size()));
    EXPECT_EQ(Version(text).text(), text.substr(0, 255));
}

TEST(Version, copies_and_compares_by_its_bytes) {
    const Version first("1.0");
    Version second("2.0.0");
    EXPECT_FALSE(first == second);
    second = first;
    EXPECT_EQ(first, second);
    EXPECT_EQ(Version(first), "1.0");
    EXPECT_FALSE(Version("1.0") == Version(std::string_view("1.0\0", 4)));
}

TEST(Version, appends_whole_pieces_or_nothing) {
    Version version("1.");
    EXPECT_TRUE(version.append(sdk::bytes_of("0")));
    EXPECT_EQ(version, "1.0");
    const std::string rest(253, 'x');
    EXPECT_FALSE(version.append(sdk::bytes_of(rest)));
    EXPECT_EQ(version, "1.0");
    EXPECT_TRUE(version.append(sdk::bytes_of(rest.substr(1))));
    EXPECT_EQ(version.size(), 255U);
    EXPECT_TRUE(version.append({}));
}

}  // namespace

}  // namespace ajour::test

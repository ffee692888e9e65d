// SPDX-License-Identifier: Apache-2.0
#include "content/layer_path.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

TEST(LayerPath, is_taken_from_the_root_of_the_image) {
    for (const auto* path : {"a/b", "./a/b", "/a/b", "//a/./b", ".//a/b/", "/./a//b"}) {
        EXPECT_EQ(*path_in_image(path), "a/b") << path;
    }
    EXPECT_EQ(*path_in_image("./"), "");
    EXPECT_EQ(*path_in_image("a..b/..c"), "a..b/..c");
}

TEST(LayerPath, does_not_climb) {
    for (const auto* path : {"..", "../a", "a/../b", "/..", "a/.."}) {
        const auto inside = path_in_image(path);
        ASSERT_FALSE(inside) << path;
        EXPECT_THAT(inside.error().text, HasSubstr("\"..\" is refused"));
    }
}

TEST(Whiteout, takes_away_a_path_or_what_is_in_a_directory) {
    EXPECT_FALSE(whiteout_of("a/firmware.bin").is);
    EXPECT_FALSE(whiteout_of("a.wh.b").is);
    EXPECT_EQ(whiteout_of(".wh.firmware.bin").path, "firmware.bin");
    EXPECT_EQ(whiteout_of("a/.wh.b").path, "a/b");
    EXPECT_FALSE(whiteout_of("a/.wh.b").opaque);
    EXPECT_TRUE(whiteout_of("a/.wh..wh..opq").opaque);
    EXPECT_EQ(whiteout_of("a/.wh..wh..opq").path, "a");
    EXPECT_EQ(whiteout_of(".wh..wh..opq").path, "");
}

TEST(Whiteout, reaches_what_lies_in_a_directory) {
    EXPECT_TRUE(lies_in("a/b", "a"));
    EXPECT_TRUE(lies_in("a", ""));
    EXPECT_FALSE(lies_in("a", "a"));
    EXPECT_FALSE(lies_in("ab/c", "a"));
}

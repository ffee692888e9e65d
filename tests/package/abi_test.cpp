// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/abi.h>

#include "package/abi_in_c.h"

#include <gmock/gmock.h>

#include <cstddef>

using testing::HasSubstr;
using testing::StartsWith;

namespace {

TEST(Abi, is_the_same_in_c_and_in_cpp) {
    EXPECT_EQ(ajour_size_of_descriptor(), sizeof(ajour_plugin_descriptor));
    EXPECT_EQ(ajour_size_of_row(), sizeof(ajour_setting_row));
    EXPECT_EQ(ajour_offset_of_create(), offsetof(ajour_plugin_descriptor, create));
    EXPECT_EQ(ajour_offset_of_help(), offsetof(ajour_setting_row, help));
}

TEST(Abi, has_a_tag_that_says_how_it_was_built) {
    EXPECT_THAT(AJOUR_ABI_TAG, StartsWith("abi" AJOUR_TEXT(AJOUR_ABI_VERSION) "/libstdc++/cxx11="));
    EXPECT_THAT(AJOUR_ABI_TAG, testing::Not(HasSubstr("unknown")));
}

TEST(Abi, begins_with_what_is_checked_first) {
    EXPECT_EQ(offsetof(ajour_plugin_descriptor, magic), 0U);
    EXPECT_EQ(offsetof(ajour_plugin_descriptor, abi_version), 4U);
    EXPECT_EQ(offsetof(ajour_plugin_descriptor, abi_tag), 8U);
}

}  // namespace

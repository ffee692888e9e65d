// SPDX-License-Identifier: Apache-2.0
#include "name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::sender {
namespace {

TEST(Name, is_1_to_255_bytes) {
    EXPECT_FALSE(is_name(""));
    EXPECT_TRUE(is_name("d"));
    EXPECT_TRUE(is_name(std::string(255, 'd')));
    EXPECT_FALSE(is_name(std::string(256, 'd')));
}

TEST(Name, is_utf_8_without_control_characters) {
    for (const auto* good :
         {"a b", "gerät", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "/.."}) {
        EXPECT_TRUE(is_name(good)) << good;
    }
    for (const auto* bad :
         {"\x01", "a\nb", "\x7f", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2(\xa1", "\xff"}) {
        EXPECT_FALSE(is_name(bad)) << bad;
    }
}

}  // namespace
}  // namespace ajour::sender

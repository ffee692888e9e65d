// SPDX-License-Identifier: Apache-2.0
#include "content/base64.hpp"

#include <gtest/gtest.h>

using ajour::oci::decode_base64;

TEST(Base64, decodes_what_rfc_4648_gives_as_examples) {
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9vYmFy"), "foobar");
    EXPECT_EQ(decode_base64("+/+/"), "\xfb\xff\xbf");
}

TEST(Base64, refuses_everything_else) {
    for (const auto* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "=", "====", "Z===", "Zg==Zg==",
                             "Zm9v YmFy", "Zm9v\n", "-_-_", "Z\xff==", "Zm=v"}) {
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "digest/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ajour::digest {
namespace {

TEST(RandomBytes, are_as_many_as_asked_for_and_never_the_same) {
    std::set<sdk::Bytes> seen;
    for (int i = 0; i < 100; ++i) seen.insert(random_bytes(16));
    EXPECT_EQ(seen.size(), 100u);
    EXPECT_EQ(seen.begin()->size(), 16u);
    EXPECT_TRUE(random_bytes(0).empty());
}

TEST(RandomUuid, has_the_form_of_version_4) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const auto uuid = random_uuid();
        EXPECT_THAT(uuid, testing::ContainsRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                                                 "[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 100u);
}

TEST(EqualInConstantTime, says_whether_the_bytes_are_the_same) {
    const auto same = [](std::string_view left, std::string_view right) {
        return equal_in_constant_time(sdk::bytes_of(left), sdk::bytes_of(right));
    };
    EXPECT_TRUE(same("", ""));
    EXPECT_TRUE(same("secret", "secret"));
    EXPECT_FALSE(same("secret", "secreT"));
    EXPECT_FALSE(same("secret", "secret "));
    EXPECT_FALSE(same("", "x"));
}

}  // namespace
}  // namespace ajour::digest

// SPDX-License-Identifier: Apache-2.0
#include "digest/credential_tag.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace ajour::digest {
namespace {

TEST(CredentialTag, is_the_same_for_the_same_credential) {
    const CredentialTag tags;
    EXPECT_EQ(tags.tag(sdk::bytes_of("secret")), tags.tag(sdk::bytes_of("secret")));
    EXPECT_EQ(tags.tag({}), tags.tag({}));
}

TEST(CredentialTag, differs_between_credentials) {
    const CredentialTag tags;
    std::set<CredentialTag::Tag> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(tags.tag(sdk::bytes_of(std::to_string(i))));
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(CredentialTag, uses_all_of_its_bytes) {
    const CredentialTag tags;
    const auto zero = tags.tag(sdk::bytes_of("0"));
    for (std::size_t i = 0; i < zero.size(); ++i) {
        bool varies = false;
        for (int n = 1; n < 20 && !varies; ++n) {
            varies = tags.tag(sdk::bytes_of(std::to_string(n)))[i] != zero[i];
        }
        EXPECT_TRUE(varies) << "byte " << i;
    }
}

TEST(CredentialTag, cannot_be_known_from_another_object) {
    const CredentialTag one;
    const CredentialTag other;
    EXPECT_NE(one.tag(sdk::bytes_of("secret")), other.tag(sdk::bytes_of("secret")));
}

TEST(CredentialTag, is_the_same_on_every_thread) {
    const CredentialTag tags;
    const auto expected = tags.tag(sdk::bytes_of("secret"));
    CredentialTag::Tag found{};
    std::jthread([&] { found = tags.tag(sdk::bytes_of("secret")); }).join();
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace ajour::digest

// SPDX-License-Identifier: Apache-2.0
#include "cli/withdrawn.hpp"

#include "digest/sha256.hpp"

#include <gtest/gtest.h>

namespace ajour::cli {

namespace {

const sdk::Sha256 image = digest::sha256(sdk::bytes_of("hello"));

ReleaseFile release(const std::string& name, const std::string& checksum) {
    ReleaseFile release;
    release.name = name;
    release.version = "1.0.1";
    release.checksum = checksum;
    return release;
}

TEST(Withdrawn, knows_what_it_was_told) {
    const Withdrawn withdrawn({image.hex()});
    EXPECT_EQ(withdrawn.contains(image.hex()), true);
    EXPECT_EQ(withdrawn.contains(std::string(64, '0')), false);
}

TEST(Withdrawn, leaves_open_what_nobody_said) {
    const auto withdrawn = Withdrawn::unknown("nobody listens");
    EXPECT_EQ(withdrawn.contains(image.hex()), std::nullopt);
    EXPECT_EQ(withdrawn.reason(), "nobody listens");
}

TEST(Withdrawn, has_a_word_for_each) {
    EXPECT_EQ(word_of(true), "withdrawn");
    EXPECT_EQ(word_of(false), "");
    EXPECT_EQ(word_of(std::nullopt), "?");
}

TEST(Withdrawn, names_the_other_releases_of_an_image) {
    const std::vector<ReleaseFile> releases = {
        release("lamp", image.hex()), release("twin", image.hex()),
        release("other", std::string(64, '0')), release("broken", "")};
    EXPECT_EQ(others_of_image(releases, "lamp", image), std::vector<std::string>{"twin 1.0.1"});
}

}  // namespace

}  // namespace ajour::cli

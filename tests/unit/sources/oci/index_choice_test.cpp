// SPDX-License-Identifier: Apache-2.0
#include "content/index_choice.hpp"

#include <gmock/gmock.h>

using namespace ajour::oci;
using testing::HasSubstr;

namespace {

Descriptor entry(char digit, std::optional<Platform> platform, Annotations annotations = {}) {
    Descriptor descriptor;
    descriptor.media_type = "application/vnd.oci.image.manifest.v1+json";
    descriptor.digest = "sha256:" + std::string(64, digit);
    descriptor.platform = std::move(platform);
    descriptor.annotations = std::move(annotations);
    return descriptor;
}

Index index_of(std::vector<Descriptor> entries) {
    return {"", std::move(entries), {}};
}

const Descriptor amd64 = entry('a', Platform{"linux", "amd64", ""});
const Descriptor v6 = entry('6', Platform{"linux", "arm", "v6"});
const Descriptor v7 = entry('7', Platform{"linux", "arm", "v7"});
const Descriptor unknown = entry('u', Platform{"unknown", "unknown", ""});
const Descriptor attestation =
    entry('t', std::nullopt, {{"vnd.docker.reference.type", "attestation-manifest"}});

std::string chosen(const Index& index, const std::optional<Platform>& wished) {
    const auto choice = choose_entry(index, wished);
    return choice ? choice->digest.substr(7, 1) : choice.error().text;
}

TEST(IndexChoice, takes_the_only_manifest_whatever_is_wished) {
    EXPECT_EQ(chosen(index_of({amd64}), std::nullopt), "a");
    EXPECT_EQ(chosen(index_of({amd64, unknown, attestation}), std::nullopt), "a");
    EXPECT_EQ(chosen(index_of({amd64}), Platform{"none", "riscv", ""}), "a");
    EXPECT_EQ(chosen(index_of({v7, v7}), std::nullopt), "7") << "one manifest, listed twice";
}

TEST(IndexChoice, takes_the_wished_platform_of_several) {
    const auto index = index_of({unknown, amd64, v6, v7});
    EXPECT_EQ(chosen(index, Platform{"linux", "amd64", ""}), "a");
    EXPECT_EQ(chosen(index, Platform{"linux", "arm", "v7"}), "7");
    EXPECT_EQ(chosen(index, Platform{"", "amd64", ""}), "a");
    const auto with_plain = index_of({v6, v7, entry('p', Platform{"linux", "arm", ""})});
    EXPECT_EQ(chosen(with_plain, Platform{"linux", "arm", ""}), "p") << "exactly what is wished";
}

TEST(IndexChoice, names_the_choices_when_it_cannot_choose) {
    const auto index = index_of({amd64, v6, v7, attestation});
    EXPECT_THAT(chosen(index, std::nullopt),
                HasSubstr("the index is for linux/amd64, linux/arm/v6, linux/arm/v7: the target"));
    EXPECT_THAT(chosen(index, Platform{"none", "arm", ""}), HasSubstr(", not for none/arm"));
    EXPECT_THAT(chosen(index, Platform{"linux", "arm", ""}), HasSubstr("more than one of it"));
    EXPECT_THAT(chosen(index_of({attestation, unknown}), std::nullopt), HasSubstr("no manifest"));
    EXPECT_THAT(chosen(index_of({}), std::nullopt), HasSubstr("no manifest"));
}

TEST(IndexChoice, keeps_its_error_short) {
    std::vector<Descriptor> many;
    for (int i = 0; i < 500; ++i) {
        many.push_back(entry(static_cast<char>('a' + i % 6), Platform{"linux", "x\n", ""}));
    }
    EXPECT_LE(chosen(index_of(many), std::nullopt).size(), 400U);
}

}  // namespace

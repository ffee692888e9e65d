// SPDX-License-Identifier: Apache-2.0
#include "target_spec.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace ajour::oci;
using ajour::sdk::ErrorKind;
using testing::HasSubstr;

namespace {

TEST(TargetSpec, needs_an_image_alone) {
    const auto spec = parse_target_spec(R"({"image":"fw:1"})");
    ASSERT_TRUE(spec) << spec.error().text;
    EXPECT_EQ(spec->image, "fw:1");
    EXPECT_EQ(spec->pull_policy, PullPolicy::Unsaid);
    EXPECT_EQ(spec->registry, "");
    EXPECT_FALSE(spec->platform);
    EXPECT_FALSE(spec->policy);
}

TEST(TargetSpec, reads_all_its_members) {
    const auto spec = parse_target_spec(
        R"({"image":"fw:1","imagePullPolicy":"Always","version":"1.0.1","registry":"acme",)"
        R"("platform":{"os":"none","architecture":"arm","variant":"v7"},"build":{"any":[1]}})");
    ASSERT_TRUE(spec) << spec.error().text;
    EXPECT_EQ(spec->pull_policy, PullPolicy::Always);
    EXPECT_EQ(spec->version, "1.0.1");
    EXPECT_EQ(spec->registry, "acme");
    EXPECT_EQ(spec->platform, (Platform{"none", "arm", "v7"}));
}

TEST(TargetSpec, reads_the_pull_policies_of_the_original) {
    EXPECT_EQ(parse_target_spec(R"({"image":"a","imagePullPolicy":"IfNotPresent"})")->pull_policy,
              PullPolicy::IfNotPresent);
}

TEST(TargetSpec, reads_a_platform_as_people_write_it) {
    EXPECT_EQ(parse_target_spec(R"({"image":"a","platform":"linux/arm64"})")->platform,
              (Platform{"linux", "arm64", ""}));
    EXPECT_EQ(parse_target_spec(R"({"image":"a","platform":"linux/arm/v7"})")->platform,
              (Platform{"linux", "arm", "v7"}));
    for (const auto* text : {R"("")", R"("arm")", R"("a/b/c/d")", R"("/b")", R"("a/")", "7", "{}",
                             R"({"os":7})", R"({"cpu":"arm"})"}) {
        const auto spec =
            parse_target_spec(R"({"image":"a","platform":)" + std::string(text) + "}");
        ASSERT_FALSE(spec) << text;
        EXPECT_THAT(spec.error().text, HasSubstr("OS/ARCHITECTURE"));
    }
}

TEST(TargetSpec, reads_a_policy_in_each_of_its_forms) {
    for (const auto* text : {R"("semver >=1.2 <2")", R"("semver \">=1.2 <2\"")",
                             R"("semver '>=1.2 <2' ")", R"({"semver":">=1.2 <2"})"}) {
        const auto spec = parse_target_spec(R"({"image":"a","policy":)" + std::string(text) + "}");
        ASSERT_TRUE(spec) << text << ": " << spec.error().text;
        ASSERT_TRUE(spec->policy) << text;
        EXPECT_TRUE(spec->policy->contains(*parse_version("1.9.0"))) << text;
        EXPECT_FALSE(spec->policy->contains(*parse_version("2.0.0"))) << text;
        EXPECT_EQ(spec->policy_text, ">=1.2 <2");
    }
}

TEST(TargetSpec, refuses_a_policy_that_is_none) {
    for (const auto* text : {R"("")", R"("newest")", R"("semver")", R"("semver  ")", "7", "{}",
                             R"({"semver":7})", R"({"semver":"","x":1})", R"("semver >")"}) {
        EXPECT_FALSE(parse_target_spec(R"({"image":"a","policy":)" + std::string(text) + "}"))
            << text;
    }
}

TEST(TargetSpec, has_either_a_policy_or_a_tag) {
    const auto spec = parse_target_spec(R"({"image":"a:1","policy":"semver 1"})");
    ASSERT_FALSE(spec);
    EXPECT_THAT(spec.error().text, HasSubstr("expected one of them"));
}

TEST(TargetSpec, names_what_is_wrong) {
    const std::pair<std::string, const char*> rows[] = {
        {"[]", "expected a JSON object"},
        {"{}", "image is missing"},
        {R"({"image":7})", "image is 7"},
        {R"({"image":""})", "image is"},
        {R"({"image":"a\nb"})", "without control characters"},
        {R"({"image":"a","imagePullPolicy":"Never"})", "expected Always or IfNotPresent"},
        {R"({"image":"a","imagePullPolcy":"Always"})", "\"imagePullPolcy\" is no member"},
        {R"({"image":"a","version":[]})", "version is a list"},
        {R"({"image":"a","registry":{}})", "registry is an object"},
        {R"({"image":")" + std::string(600, 'a') + R"("})", "at most 512 bytes"},
    };
    for (const auto& [text, expected] : rows) {
        const auto spec = parse_target_spec(text);
        ASSERT_FALSE(spec) << text;
        EXPECT_EQ(spec.error().kind, ErrorKind::Malformed) << text;
        EXPECT_THAT(spec.error().text, HasSubstr(expected)) << text;
        EXPECT_LT(spec.error().text.size(), 400U) << text;
    }
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "target.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

TEST(Target, may_say_nothing) {
    const auto target = parse_target("{}");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->controller, "");
    EXPECT_EQ(target->tenant, "");
}

TEST(Target, names_a_controller_and_a_tenant) {
    const auto target = parse_target(R"({"controller":"a.{device}","tenant":"acme"})");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->controller, "a.{device}");
    EXPECT_EQ(target->tenant, "acme");
}

TEST(Target, is_refused_with_the_members_name) {
    const std::pair<const char*, const char*> mistakes[] = {
        {R"({"controler":"x"})", "controler"},
        {R"({"controller":7})", "controller"},
        {R"({"controller":""})", "controller"},
        {R"({"tenant":null})", "tenant"},
        {R"({"tenant":[]})", "tenant"},
        {"[]", "array"},
        {"", "JSON"},
        {R"({"a":{"a":{}}})", "\"a\""},
    };
    for (const auto& [text, expected] : mistakes) {
        const auto target = parse_target(text);
        ASSERT_FALSE(target) << text;
        EXPECT_NE(target.error().text.find(expected), std::string::npos) << target.error().text;
        EXPECT_TRUE(target.error().text.starts_with("spec.firmware.hawkbit: "));
    }
}

}  // namespace
}  // namespace ajour::hawkbit

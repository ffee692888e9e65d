// SPDX-License-Identifier: Apache-2.0
#include "name_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::lorawan {
namespace {

Uplink uplink() {
    Uplink uplink;
    uplink.application = "water";
    uplink.application_id = "3f6a";
    uplink.tenant = "acme";
    uplink.device = "meter";
    uplink.device_eui = "0102";
    return uplink;
}

std::string name_of(const std::string& text) {
    const auto pattern = NamePattern::parse(text);
    if (!pattern) return "unreadable";
    const auto name = pattern->name_of(uplink());
    return name ? *name : name.error().text;
}

TEST(NamePattern, puts_parts_into_a_text) {
    EXPECT_EQ(name_of("{device}"), "meter");
    EXPECT_EQ(name_of("{tenant}-{application}"), "acme-water");
    EXPECT_EQ(name_of("lora.{application_id}.{device_eui}."), "lora.3f6a.0102.");
    EXPECT_EQ(name_of("fixed"), "fixed");
}

TEST(NamePattern, is_unreadable_with_other_words_or_single_braces) {
    for (const auto* text : {"{}", "{Device}", "{device", "device}", "a{b{device}}", "{{device}}",
                             "}{device}", "{device}}"}) {
        EXPECT_EQ(name_of(text), "unreadable") << text;
    }
}

TEST(NamePattern, makes_no_name_without_its_parts_or_of_bad_ones) {
    const auto pattern = NamePattern::parse("{tenant}{device}");
    auto lacking = uplink();
    lacking.tenant.clear();
    EXPECT_EQ(pattern->name_of(lacking).error().text, "it lacks a part of its name");
    for (const auto& bad : {std::string(256, 'x'), std::string("a\nb"), std::string("\xff")}) {
        auto other = uplink();
        other.device = bad;
        EXPECT_FALSE(pattern->name_of(other));
    }
    EXPECT_FALSE(NamePattern::parse("")->name_of(uplink())) << "nothing is no name";
}

}  // namespace
}  // namespace ajour::lorawan

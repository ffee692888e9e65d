// SPDX-License-Identifier: Apache-2.0
#include "store/labels.hpp"

#include <gtest/gtest.h>

namespace ajour::store {
namespace {

const Json labels = {{"region", "eu"}, {"stage", "canary"}, {"acme.org/line", "7"}};

struct Row {
    const char* text;
    bool matches;
};

// As Drogue Cloud's registry answers them.
const Row rows[] = {
    {"", true},
    {"region", true},
    {"absent", false},
    {"!absent", true},
    {"!region", false},
    {"region=eu", true},
    {"region = eu", true},
    {"region=us", false},
    {"region!=us", true},
    {"region!=eu", false},
    {"absent!=eu", false},
    {"region in (us,eu)", true},
    {"region in (us, eu)", true},
    {"region in(eu)", true},
    {"region in (us)", false},
    {"region in ()", false},
    {"region notin (us)", true},
    {"region notin (us,eu)", false},
    {"absent notin (us)", false},
    {"region=eu,stage=canary", true},
    {"region=eu, !stage", false},
    {"stage,region notin (us),!absent", true},
    {"acme.org/line=7", true},
};

TEST(LabelSelector, matches_as_the_language_says) {
    for (const auto& row : rows) {
        const auto selector = LabelSelector::parse(row.text);
        ASSERT_TRUE(selector.ok()) << row.text << ": " << selector.error().text;
        EXPECT_EQ(selector->matches(labels), row.matches) << row.text;
    }
}

TEST(LabelSelector, refuses_what_it_cannot_read) {
    for (const auto* text : {",", "region,", "region,,stage", "=eu", "region=", "region!=", "!",
                             "region in eu", "region in (eu", "region in (eu,)", "region notin",
                             "region in (,)", "a b", "a;b", "region=eu)", "region ~ eu", "#"}) {
        const auto selector = LabelSelector::parse(text);
        ASSERT_FALSE(selector.ok()) << text;
        EXPECT_EQ(selector.error().kind, sdk::ErrorKind::Malformed) << text;
    }
    EXPECT_FALSE(LabelSelector::parse(std::string(100'000, 'a')).ok());
}

}  // namespace
}  // namespace ajour::store

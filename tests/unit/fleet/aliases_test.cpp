// SPDX-License-Identifier: Apache-2.0
#include "fleet/aliases.hpp"

#include "support/manual_clock.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using namespace std::chrono_literals;

const sdk::DeviceId own{"app", "dev"};
const sdk::DeviceId alias{"app", "serial-4711"};

class AliasesTest : public testing::Test {
protected:
    support::ManualClock clock;
    Aliases aliases{clock, 30s, 2};
};

TEST_F(AliasesTest, knows_what_it_was_told_and_nothing_else) {
    EXPECT_EQ(aliases.own_name(alias), std::nullopt);
    aliases.remember(alias, own);
    EXPECT_EQ(aliases.own_name(alias), own);
    EXPECT_EQ(aliases.own_name(own), std::nullopt);
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"other", "serial-4711"}), std::nullopt);
}

TEST_F(AliasesTest, forgets_with_age_and_when_told) {
    aliases.remember(alias, own);
    clock.advance(29s);
    EXPECT_EQ(aliases.own_name(alias), own);
    clock.advance(1s);
    EXPECT_EQ(aliases.own_name(alias), std::nullopt);
    aliases.remember(alias, own);
    aliases.forget(alias);
    EXPECT_EQ(aliases.own_name(alias), std::nullopt);
}

TEST_F(AliasesTest, still_knows_what_an_old_one_meant) {
    aliases.remember(alias, own);
    clock.advance(31s);
    EXPECT_EQ(aliases.own_name(alias), std::nullopt);
    EXPECT_EQ(aliases.former_name(alias), own);
    EXPECT_EQ(aliases.former_name(own), std::nullopt);
}

TEST_F(AliasesTest, forgets_a_whole_application_whatever_name_it_went_by) {
    aliases.remember({"CN=ca", "CN=dev"}, own);
    aliases.remember({"app", "b"}, {"other", "b"});
    aliases.forget_application("app");
    EXPECT_EQ(aliases.former_name(sdk::DeviceView{"CN=ca", "CN=dev"}), std::nullopt);
    EXPECT_EQ(aliases.former_name(sdk::DeviceView{"app", "b"}), std::nullopt);
}

TEST_F(AliasesTest, takes_no_more_than_its_bound_until_some_are_too_old) {
    aliases.remember({"app", "a"}, own);
    clock.advance(10s);
    aliases.remember({"app", "b"}, own);
    aliases.remember({"app", "c"}, own);
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"app", "c"}), std::nullopt);
    clock.advance(20s);
    aliases.remember({"app", "c"}, own);
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"app", "a"}), std::nullopt);
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"app", "b"}), own);
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"app", "c"}), own);
}

TEST_F(AliasesTest, takes_a_known_one_again_when_it_is_full) {
    aliases.remember({"app", "a"}, own);
    aliases.remember({"app", "b"}, own);
    aliases.remember({"app", "a"}, {"app", "other"});
    EXPECT_EQ(aliases.own_name(sdk::DeviceView{"app", "a"}), (sdk::DeviceId{"app", "other"}));
}

}  // namespace

}  // namespace ajour::fleet

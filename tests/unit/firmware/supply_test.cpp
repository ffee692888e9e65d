// SPDX-License-Identifier: Apache-2.0
#include "firmware/supply.hpp"

#include "support/manual_clock.hpp"

#include <gtest/gtest.h>

namespace ajour::firmware {

namespace {

using std::chrono::seconds;

class SupplyTest : public testing::Test {
protected:
    static std::shared_ptr<Standing> standing(bool asked = true) {
        auto made = std::make_shared<Standing>();
        made->asked = asked;
        return made;
    }

    support::ManualClock clock;
    Supply supply{{"app", "file", "\"main\""}, {"app", "dev"}, {}};
};

TEST_F(SupplyTest, has_a_standing_from_the_first_moment) {
    ASSERT_NE(supply.standing(), nullptr);
    EXPECT_FALSE(supply.standing()->asked);
    EXPECT_EQ(supply.standing()->absent, update::Cause::NotReady);
}

TEST_F(SupplyTest, is_renewed_by_one_at_a_time) {
    EXPECT_TRUE(supply.claim_renewal(clock.now()));
    EXPECT_FALSE(supply.claim_renewal(clock.now()));
    supply.settle(standing(), clock.now() + seconds(10));
    EXPECT_FALSE(supply.claim_renewal(clock.now()));
    clock.advance(seconds(10));
    EXPECT_TRUE(supply.claim_renewal(clock.now()));
}

TEST_F(SupplyTest, calls_those_who_wait_once) {
    int called = 0;
    EXPECT_FALSE(supply.when_settled([&] { ++called; }, 10)) << "nothing runs";
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    EXPECT_TRUE(supply.when_settled([&] { ++called; }, 10));
    EXPECT_TRUE(supply.when_settled([&] { ++called; }, 10));
    supply.settle(standing(), clock.now());
    EXPECT_EQ(called, 2);
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    supply.settle(standing(), clock.now());
    EXPECT_EQ(called, 2);
}

TEST_F(SupplyTest, bounds_those_who_wait) {
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    EXPECT_TRUE(supply.when_settled([] {}, 1));
    EXPECT_FALSE(supply.when_settled([] {}, 1));
}

TEST_F(SupplyTest, who_is_called_finds_the_new_standing) {
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    bool asked = false;
    ASSERT_TRUE(supply.when_settled([&] { asked = supply.standing()->asked; }, 10));
    supply.settle(standing(), clock.now());
    EXPECT_TRUE(asked);
}

TEST_F(SupplyTest, expires_before_its_time_when_told) {
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    supply.settle(standing(), clock.now() + seconds(1000));
    supply.expire();
    EXPECT_TRUE(supply.claim_renewal(clock.now()));
}

TEST_F(SupplyTest, expires_though_a_renewal_runs_that_may_have_asked_too_early) {
    ASSERT_TRUE(supply.claim_renewal(clock.now()));
    supply.expire();
    EXPECT_FALSE(supply.claim_renewal(clock.now())) << "never two at once";
    supply.settle(standing(), clock.now() + seconds(1000));
    EXPECT_TRUE(supply.claim_renewal(clock.now()));
    supply.settle(standing(), clock.now() + seconds(1000));
    EXPECT_FALSE(supply.claim_renewal(clock.now())) << "once told is once asked again";
}

}  // namespace

}  // namespace ajour::firmware

// SPDX-License-Identifier: Apache-2.0
#include "air_budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ajour::lora {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Bound = AirBudget::Bound;

constexpr sdk::DeviceView meter{"app", "meter"};
constexpr sdk::DeviceView lamp{"app", "lamp"};
constexpr sdk::DeviceView other{"other", "lamp"};

class AirBudgetTest : public testing::Test {
protected:
    Bound take(AirBudget& budget, const sdk::DeviceView& device, milliseconds time) {
        return budget.take(device, time, now).bound;
    }

    AirBudget::Instant now{hours(1000)};
};

TEST_F(AirBudgetTest, gives_a_device_its_time_and_no_more) {
    AirBudget budget({seconds(36), {}, {}});
    for (int i = 0; i < 12; ++i) EXPECT_EQ(take(budget, meter, milliseconds(2800)), Bound::None);
    EXPECT_EQ(take(budget, meter, milliseconds(2800)), Bound::Device);
    EXPECT_EQ(take(budget, lamp, milliseconds(2800)), Bound::None);
    EXPECT_EQ(take(budget, meter, milliseconds(2400)), Bound::None) << "a smaller one fits";
}

TEST_F(AirBudgetTest, says_when_it_fits_and_then_it_does) {
    AirBudget budget({seconds(10), {}, {}});
    EXPECT_EQ(take(budget, meter, seconds(6)), Bound::None);
    now += minutes(20);
    EXPECT_EQ(take(budget, meter, seconds(4)), Bound::None);
    const auto verdict = budget.take(meter, seconds(5), now);
    EXPECT_EQ(verdict.bound, Bound::Device);
    EXPECT_GT(verdict.fits_at, now + minutes(39));
    EXPECT_LE(verdict.fits_at, now + minutes(46));
    now = verdict.fits_at - milliseconds(1);
    EXPECT_EQ(take(budget, meter, seconds(5)), Bound::Device);
    now = verdict.fits_at;
    EXPECT_EQ(take(budget, meter, seconds(5)), Bound::None);
}

TEST_F(AirBudgetTest, never_lets_an_hour_have_more) {
    AirBudget budget({seconds(36), {}, {}});
    std::vector<AirBudget::Instant> sent;
    for (int i = 0; i < 3000; ++i, now += seconds(7)) {
        if (take(budget, meter, seconds(1)) != Bound::None) continue;
        sent.push_back(now);
        const auto begin = now - hours(1);
        EXPECT_LE(std::ranges::count_if(sent, [&](auto at) { return at > begin; }), 36);
    }
    EXPECT_GT(sent.size(), 180U) << "and nearly all of it";
}

TEST_F(AirBudgetTest, is_of_an_application_and_of_the_network_too) {
    AirBudget budget({{}, seconds(3), seconds(5)});
    EXPECT_EQ(take(budget, meter, seconds(3)), Bound::None);
    EXPECT_EQ(take(budget, lamp, seconds(1)), Bound::Application);
    EXPECT_EQ(take(budget, other, seconds(2)), Bound::None);
    EXPECT_EQ(take(budget, {"third", "x"}, seconds(1)), Bound::Network);
}

TEST_F(AirBudgetTest, counts_the_band_of_the_second_window_apart_where_it_is_one) {
    using Band = AirBudget::Band;
    Allowance allowance{{}, {}, seconds(3)};
    AirBudget same(allowance);
    EXPECT_EQ(take(same, meter, seconds(3)), Bound::None);
    EXPECT_EQ(same.take(lamp, seconds(1), now, Band::Second).bound, Bound::Network);
    allowance.second_network = seconds(30);
    AirBudget apart(allowance);
    EXPECT_EQ(take(apart, meter, seconds(3)), Bound::None);
    EXPECT_EQ(apart.take(lamp, seconds(30), now, Band::Second).bound, Bound::None);
    EXPECT_EQ(apart.take(lamp, seconds(1), now, Band::Second).bound, Bound::Network);
    EXPECT_EQ(take(apart, meter, seconds(1)), Bound::Network);
}

TEST_F(AirBudgetTest, takes_nothing_for_what_does_not_fit) {
    AirBudget budget({seconds(2), {}, seconds(10)});
    EXPECT_EQ(take(budget, meter, seconds(2)), Bound::None);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(take(budget, meter, seconds(2)), Bound::Device);
    EXPECT_EQ(take(budget, lamp, seconds(2)), Bound::None);
}

TEST_F(AirBudgetTest, says_never_to_what_no_hour_is_enough_for) {
    AirBudget budget({seconds(2), {}, {}});
    const auto verdict = budget.take(meter, seconds(3), now);
    EXPECT_EQ(verdict.bound, Bound::Never);
    EXPECT_EQ(verdict.fits_at, AirBudget::Instant::max());
}

TEST_F(AirBudgetTest, bounds_nothing_without_an_allowance_and_keeps_no_account) {
    AirBudget budget({});
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(take(budget, meter, hours(1)), Bound::None);
    EXPECT_EQ(budget.devices(), 0U);
}

TEST_F(AirBudgetTest, keeps_no_more_devices_than_it_may_and_forgets_idle_ones) {
    Allowance allowance{seconds(36), {}, {}};
    allowance.devices_max = 10;
    AirBudget budget(allowance);
    for (int i = 0; i < 10; ++i) {
        const auto name = std::to_string(i);
        EXPECT_EQ(take(budget, {"app", name}, seconds(1)), Bound::None);
    }
    EXPECT_EQ(take(budget, meter, seconds(1)), Bound::Device);
    EXPECT_EQ(budget.devices(), 10U);
    now += minutes(66);
    EXPECT_EQ(take(budget, meter, seconds(1)), Bound::None);
    EXPECT_EQ(budget.devices(), 1U);
}

TEST_F(AirBudgetTest, survives_a_clock_that_stands_at_its_epoch_or_leaps) {
    AirBudget budget({seconds(36), {}, {}});
    now = AirBudget::Instant{};
    EXPECT_EQ(take(budget, meter, seconds(36)), Bound::None);
    EXPECT_EQ(take(budget, meter, seconds(1)), Bound::Device);
    now += hours(24 * 365 * 100);
    EXPECT_EQ(take(budget, meter, seconds(36)), Bound::None);
}

TEST_F(AirBudgetTest, takes_back_what_was_not_used_from_the_time_that_it_was_taken) {
    AirBudget budget({seconds(10), seconds(10), seconds(10)});
    EXPECT_EQ(take(budget, meter, seconds(10)), Bound::None);
    const auto then = now;
    now += minutes(20);
    EXPECT_NE(take(budget, meter, seconds(1)), Bound::None);
    budget.give_back(meter, seconds(4), then);
    EXPECT_EQ(take(budget, meter, seconds(4)), Bound::None);
    EXPECT_NE(take(budget, meter, seconds(1)), Bound::None);
    budget.give_back(meter, seconds(100), then);
    EXPECT_EQ(take(budget, meter, seconds(6)), Bound::None) << "no more than was taken then";
    EXPECT_NE(take(budget, meter, seconds(1)), Bound::None);
}

TEST_F(AirBudgetTest, takes_nothing_back_that_counts_no_more) {
    AirBudget budget({seconds(10), {}, {}});
    EXPECT_EQ(take(budget, meter, seconds(10)), Bound::None);
    const auto then = now;
    now += hours(2);
    EXPECT_EQ(take(budget, meter, seconds(10)), Bound::None);
    budget.give_back(meter, seconds(10), then);
    budget.give_back(meter, seconds(10), now + hours(1));
    budget.give_back(lamp, seconds(10), now);
    EXPECT_EQ(take(budget, meter, seconds(1)), Bound::Device);
}

}  // namespace
}  // namespace ajour::lora

// SPDX-License-Identifier: Apache-2.0
// The heap of the device's event loop against an ordered set.
#include <gtest/gtest.h>
#include <timers.h>

#include <random>
#include <set>
#include <tuple>
#include <vector>

namespace ajour::test {

namespace {

TEST(Timers, come_in_the_order_of_their_time_and_then_of_their_setting) {
    ajour_timers timers;
    ajour_timer late{}, early{}, second{};
    ASSERT_EQ(ajour_timers_open(&timers, 3), 0);
    EXPECT_EQ(ajour_timers_first(&timers), nullptr);
    ajour_timers_set(&timers, &late, 20);
    ajour_timers_set(&timers, &early, 10);
    ajour_timers_set(&timers, &second, 10);
    for (auto* expected : {&early, &second, &late}) {
        EXPECT_EQ(ajour_timers_first(&timers), expected);
        ajour_timers_cancel(&timers, expected);
    }
    ajour_timers_cancel(&timers, &late);
    EXPECT_EQ(ajour_timers_first(&timers), nullptr);
    ajour_timers_close(&timers);
}

TEST(Timers, agree_with_an_ordered_set_whatever_is_set_and_cancelled) {
    constexpr std::size_t count = 50;
    std::mt19937 random(1);
    std::vector<ajour_timer> all(count);
    std::vector<std::tuple<std::int64_t, int>> keys(count, {0, -1});
    std::set<std::tuple<std::int64_t, int, ajour_timer*>> expected;
    ajour_timers timers;
    ASSERT_EQ(ajour_timers_open(&timers, count), 0);
    for (int step = 0; step < 20000; ++step) {
        const auto which = random() % count;
        const auto [time, order] = keys[which];
        expected.erase({time, order, &all[which]});
        if (random() % 3 == 0) {
            ajour_timers_cancel(&timers, &all[which]);
        } else {
            keys[which] = {random() % 100, step};
            ajour_timers_set(&timers, &all[which], std::get<0>(keys[which]));
            expected.insert({std::get<0>(keys[which]), step, &all[which]});
        }
        auto* first = expected.empty() ? nullptr : std::get<2>(*expected.begin());
        ASSERT_EQ(ajour_timers_first(&timers), first) << "after step " << step;
    }
    ajour_timers_close(&timers);
}

}  // namespace

}  // namespace ajour::test

// SPDX-License-Identifier: Apache-2.0
#include "fleet/progress_text.hpp"

#include <gtest/gtest.h>

namespace ajour::fleet {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using By = Forecast::By;

const Moment moment = Moment(seconds(1'700'000'000));  // 2023-11-14T22:13:20Z

Forecast slow() {
    return {64, By::Seen, minutes(15), hours(16), std::nullopt, std::nullopt};
}

std::string half_way(const Forecast& forecast) {
    return progress_text(512, 1024, forecast, moment);
}

TEST(ProgressText, is_the_bare_number_of_the_original_for_quick_updates) {
    EXPECT_EQ(half_way({}), "50.00");
    EXPECT_EQ(half_way({64, By::Seen, milliseconds(20), seconds(2), std::nullopt, std::nullopt}),
              "50.00");
    EXPECT_EQ(half_way({64, By::Unknown, {}, std::nullopt, std::nullopt, std::nullopt}), "50.00");
}

TEST(ProgressText, tells_of_slow_ones_what_is_left_until_when) {
    EXPECT_EQ(half_way(slow()),
              "50.00 %, 64 blocks left until 2023-11-15T14:13:20Z, a block in 15 min");
    auto one = slow();
    one.blocks = 1;
    EXPECT_EQ(half_way(one), "50.00 %, 1 block left until 2023-11-15T14:13:20Z, a block in 15 min");
}

TEST(ProgressText, tells_when_it_is_air_time_that_makes_them_slow) {
    auto budget = slow();
    budget.by = By::Budget;
    EXPECT_EQ(half_way(budget),
              "50.00 %, 64 blocks left until 2023-11-15T14:13:20Z, a block in 15 min as air time "
              "allows");
}

TEST(ProgressText, tells_whose_air_time_is_waited_for_and_how_long) {
    auto waiting = slow();
    waiting.delay = Forecast::Delay{sdk::Delay::Share::Device, minutes(35)};
    EXPECT_EQ(
        half_way(waiting),
        "50.00 %, 64 blocks left until 2023-11-15T14:13:20Z, a block in 15 min; the next waits "
        "for air time of the device until 2023-11-14T22:48:20Z, 35 min");
    waiting.delay = Forecast::Delay{sdk::Delay::Share::Band, std::nullopt};
    waiting.rest = std::nullopt;
    EXPECT_EQ(half_way(waiting),
              "50.00 %, 64 blocks left, the next never fits into the air time of the band");
}

TEST(ProgressText, tells_that_the_swap_waits) {
    Forecast swap;
    swap.delay = Forecast::Delay{sdk::Delay::Share::Application, seconds(90)};
    EXPECT_EQ(progress_text(1024, 1024, swap, moment),
              "100.00 %, the swap waits for air time of its application until "
              "2023-11-14T22:14:50Z, 90 s");
}

TEST(ProgressText, tells_of_a_quick_device_too_that_the_network_sends_nothing) {
    Forecast dropped;
    dropped.blocks = 2;
    dropped.drop = sdk::Drop::TooLong;
    EXPECT_EQ(half_way(dropped),
              "50.00 %, 2 blocks left, the network has not sent the last command: it is too long "
              "for the data rate");
    dropped.drop = sdk::Drop::Gateway;
    EXPECT_EQ(pace_text(dropped, moment),
              "the network has not sent the last command: no gateway could");
    dropped.drop = sdk::Drop::Other;
    EXPECT_EQ(pace_text(dropped, moment),
              "the network has not sent the last command: the log says why");
}

TEST(ProgressText, has_a_first_word_that_the_console_can_read) {
    const auto text = half_way(slow());
    EXPECT_EQ(text.substr(0, text.find(' ')), "50.00");
}

TEST(TimeText, has_the_unit_that_reads_best) {
    EXPECT_EQ(span_text(milliseconds(20)), "20 ms");
    EXPECT_EQ(span_text(milliseconds(27'930)), "27.9 s");
    EXPECT_EQ(span_text(minutes(15)), "15 min");
    EXPECT_EQ(span_text(hours(5)), "5 h");
    EXPECT_EQ(span_text(hours(24 * 22)), "22 days");
}

}  // namespace

}  // namespace ajour::fleet

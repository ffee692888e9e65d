// SPDX-License-Identifier: Apache-2.0
#include "interval.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

std::int64_t seconds_of(std::string_view text) {
    const auto interval = parse_interval(text);
    return interval ? interval->count() : -1;
}

TEST(Interval, is_hours_minutes_and_seconds) {
    EXPECT_EQ(seconds_of("00:05:00"), 300);
    EXPECT_EQ(seconds_of("12:00:00"), 12 * 3600);
    EXPECT_EQ(seconds_of("01:30:07"), 5407);
    EXPECT_EQ(seconds_of("00:00:00"), 0);
    EXPECT_EQ(seconds_of("100:00:00"), 360'000);
}

TEST(Interval, is_an_iso_duration_from_a_day_on) {
    EXPECT_EQ(seconds_of("PT24H"), 86'400);
    EXPECT_EQ(seconds_of("P1DT12H"), 129'600);
    EXPECT_EQ(seconds_of("PT90M"), 5400);
    EXPECT_EQ(seconds_of("PT1H2M3S"), 3723);
    EXPECT_EQ(seconds_of("PT30.5S"), 30);
    EXPECT_EQ(seconds_of("P2W"), 14 * 86'400);
    EXPECT_EQ(seconds_of("P7D"), 7 * 86'400);
}

TEST(Interval, is_nothing_else) {
    for (const auto* text : {"",
                             ":",
                             "00:05",
                             "00:60:00",
                             "00:00:60",
                             "00:05:00 ",
                             "-1:00:00",
                             "0x:00:00",
                             "P",
                             "PT",
                             "P1DT",
                             "T24H",
                             "24H",
                             "PT24",
                             "PT24X",
                             "PT1S2H",
                             "P1H",
                             "PTT1H",
                             "PT1H1H",
                             "P1.5D",
                             "PT99999999999999999999H",
                             "999999999:00:00",
                             "P999999999W",
                             "00:05:00~10%",
                             "300"}) {
        EXPECT_EQ(seconds_of(text), -1) << text;
    }
}

TEST(Interval, of_which_there_is_none_is_not_repeated_in_the_error) {
    const auto interval = parse_interval(std::string(100'000, 'x'));
    ASSERT_FALSE(interval);
    EXPECT_EQ(interval.error().kind, sdk::ErrorKind::Malformed);
    EXPECT_LT(interval.error().text.size(), 200U);
}

}  // namespace
}  // namespace ajour::hawkbit

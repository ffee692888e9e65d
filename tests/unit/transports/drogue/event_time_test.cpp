// SPDX-License-Identifier: Apache-2.0
#include "event_time.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

std::int64_t since_1970(std::string_view text) {
    const auto time = parse_time(text);
    return time ? time->time_since_epoch().count() : -1;
}

TEST(EventTime, is_read_as_rfc_3339_has_it) {
    EXPECT_EQ(since_1970("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(since_1970("2023-05-17T12:34:56Z"), 1684326896000);
    EXPECT_EQ(since_1970("2023-05-17T12:34:56.789012345Z"), 1684326896789);
    EXPECT_EQ(since_1970("2023-05-17T12:34:56.7Z"), 1684326896700);
    EXPECT_EQ(since_1970("2023-05-17t12:34:56z"), 1684326896000);
    EXPECT_EQ(since_1970("2023-05-17T14:34:56+02:00"), 1684326896000);
    EXPECT_EQ(since_1970("2023-05-17T04:04:56-08:30"), 1684326896000);
    EXPECT_EQ(since_1970("2024-02-29T00:00:00Z"), 1709164800000);
}

TEST(EventTime, is_nothing_else) {
    for (const auto* text :
         {"", "now", "2023-05-17", "2023-05-17T12:34:56", "2023-05-17T12:34Z",
          "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-00-01T00:00:00Z",
          "2023-05-17T24:00:00Z", "2023-05-17T12:60:00Z", "2023-05-17T12:34:56.Z",
          "2023-05-17T12:34:56Z ", "2023-05-17T12:34:56+2:00", "20230517T123456Z",
          "-023-05-17T12:34:56Z", "99999-05-17T12:34:56Z"}) {
        EXPECT_FALSE(parse_time(text)) << text;
    }
}

TEST(Freshness, ends_with_the_longest_age) {
    const Freshness freshness{minutes(5), minutes(1)};
    const Moment now(milliseconds(1684326896789));
    EXPECT_FALSE(freshness.is_stale(now, now));
    EXPECT_FALSE(freshness.is_stale(now - minutes(5), now));
    EXPECT_TRUE(freshness.is_stale(now - minutes(5) - milliseconds(1), now));
}

TEST(Freshness, lets_the_clouds_clock_be_ahead_a_little) {
    const Freshness freshness{minutes(5), minutes(1)};
    const Moment now(milliseconds(1684326896789));
    EXPECT_FALSE(freshness.is_stale(now + minutes(1), now));
    EXPECT_TRUE(freshness.is_stale(now + minutes(2), now));
}

TEST(Freshness, has_no_bound_when_none_is_set) {
    const Freshness freshness{milliseconds(0), minutes(1)};
    EXPECT_FALSE(freshness.is_stale(Moment(), Moment(std::chrono::years(50))));
}

}  // namespace
}  // namespace ajour::drogue

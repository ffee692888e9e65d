// SPDX-License-Identifier: Apache-2.0
#include "http_client/watch.hpp"

#include <gtest/gtest.h>

namespace ajour::http_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant start{};

TEST(Watch, with_a_deadline_does_not_care_for_bytes_and_hops) {
    auto watch = Watch::until(start + seconds(10));
    EXPECT_EQ(watch.left(start), seconds(10));
    watch.begin_hop(start + seconds(9));
    EXPECT_FALSE(watch.is_over(start + milliseconds(9999), 0));
    EXPECT_TRUE(watch.is_over(start + seconds(10), 1 << 20));
    EXPECT_EQ(watch.left(start + seconds(11)), seconds(0));
}

TEST(Watch, for_stalls_ends_when_less_than_a_kibibyte_comes) {
    auto watch = Watch::stalls(start, seconds(30));
    EXPECT_FALSE(watch.is_over(start + seconds(29), 1023));
    EXPECT_TRUE(watch.is_over(start + seconds(30), 1023));
}

TEST(Watch, for_stalls_goes_on_as_long_as_bytes_come) {
    auto watch = Watch::stalls(start, seconds(30));
    for (int i = 1; i < 100; ++i) {
        EXPECT_FALSE(watch.is_over(start + seconds(29) * i, 1024U * static_cast<unsigned>(i)));
    }
    EXPECT_TRUE(watch.is_over(start + seconds(29) * 99 + seconds(30), 1024U * 99));
}

TEST(Watch, for_stalls_counts_each_hop_anew) {
    auto watch = Watch::stalls(start, seconds(30));
    EXPECT_FALSE(watch.is_over(start + seconds(1), 5000));
    watch.begin_hop(start + seconds(20));
    EXPECT_FALSE(watch.is_over(start + seconds(49), 0));
    EXPECT_TRUE(watch.is_over(start + seconds(50), 0));
}

}  // namespace
}  // namespace ajour::http_client

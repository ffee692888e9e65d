// SPDX-License-Identifier: Apache-2.0
#include "work/line_limiter.hpp"

#include <gtest/gtest.h>

namespace ajour::work {

namespace {

class LineLimiterTest : public testing::Test {
protected:
    int written(LineLimiter::Kind kind, int times = 1) {
        int count = 0;
        for (int i = 0; i < times; ++i) count += limiter.pass(kind, now).write ? 1 : 0;
        return count;
    }
    void pass_window() { now += LineLimiter::window; }

    Instant now = Instant() + std::chrono::hours(1);
    LineLimiter limiter;
};

TEST_F(LineLimiterTest, writes_one_line_of_a_kind_in_a_window) {
    EXPECT_EQ(written(1, 10), 1);
    EXPECT_EQ(written(2, 10), 1);
    now += LineLimiter::window / 2;
    EXPECT_EQ(written(1), 0);
}

TEST_F(LineLimiterTest, tells_how_many_were_left_out_with_the_next_like_them) {
    written(1, 10);
    pass_window();
    const auto passed = limiter.pass(1, now);
    EXPECT_TRUE(passed.write);
    EXPECT_EQ(passed.alike, 9U);
    EXPECT_EQ(passed.others, 0U);
}

TEST_F(LineLimiterTest, writes_so_many_lines_in_a_window_and_no_more) {
    std::size_t lines = 0;
    for (std::size_t kind = 0; kind < 10 * LineLimiter::kinds_max; ++kind) {
        lines += limiter.pass(kind, now).write ? 1 : 0;
    }
    EXPECT_EQ(lines, LineLimiter::lines_max);
    pass_window();
    const auto passed = limiter.pass(1, now);
    EXPECT_TRUE(passed.write);
    EXPECT_EQ(passed.alike + passed.others, 10 * LineLimiter::kinds_max - LineLimiter::lines_max)
        << "none of them is forgotten";
}

TEST_F(LineLimiterTest, tells_of_those_that_nobody_follows_with_any_line) {
    written(1, 10);
    pass_window();
    written(2);
    pass_window();
    const auto passed = limiter.pass(3, now);
    EXPECT_EQ(passed.others, 9U);
}

}  // namespace

}  // namespace ajour::work

// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/repeat_filter.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace ajour::plugin_host {
namespace {

using std::chrono::seconds;

const RepeatFilter::Time start{std::chrono::hours(1)};

TEST(RepeatFilter, lets_some_of_one_text_pass_and_tells_the_rest_later) {
    RepeatFilter filter;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(filter.pass("same", start), 0U);
    for (int i = 0; i < 7; ++i) EXPECT_FALSE(filter.pass("same", start + seconds(9)));
    EXPECT_EQ(filter.pass("other", start + seconds(9)), 0U);
    EXPECT_EQ(filter.pass("same", start + seconds(10)), 7U);
    EXPECT_EQ(filter.pass("same", start + seconds(10)), 0U);
    EXPECT_EQ(filter.take_forgotten(), 0U);
}

TEST(RepeatFilter, bounds_the_lines_of_a_window_whatever_they_say) {
    RepeatFilter filter;
    std::uint64_t passed = 0;
    for (int i = 0; i < 2000; ++i) {
        if (filter.pass("text " + std::to_string(i % 200), start)) ++passed;
    }
    EXPECT_EQ(passed, RepeatFilter::lines_max);
}

TEST(RepeatFilter, bounds_the_texts_and_counts_what_it_forgets) {
    RepeatFilter filter;
    std::uint64_t passed = 0;
    for (int i = 0; i < 1000; ++i) {
        if (filter.pass("text " + std::to_string(i), start)) ++passed;
    }
    EXPECT_EQ(passed, RepeatFilter::texts_max);
    EXPECT_EQ(filter.take_forgotten(), 1000 - RepeatFilter::texts_max);
    EXPECT_EQ(filter.take_forgotten(), 0U);
    EXPECT_EQ(filter.pass("text 999", start + seconds(11)), 0U);
}

TEST(RepeatFilter, counts_repeats_that_nobody_asked_for_again) {
    RepeatFilter filter;
    for (int i = 0; i < 8; ++i) (void)filter.pass("same", start);
    EXPECT_EQ(filter.pass("other", start + seconds(10)), 0U);
    EXPECT_EQ(filter.take_forgotten(), 0U);
    EXPECT_EQ(filter.pass("other", start + seconds(20)), 0U);
    EXPECT_EQ(filter.take_forgotten(), 3U);
}

}  // namespace
}  // namespace ajour::plugin_host

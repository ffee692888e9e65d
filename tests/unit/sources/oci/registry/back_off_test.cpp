// SPDX-License-Identifier: Apache-2.0
#include "distribution/back_off.hpp"

#include <gmock/gmock.h>

using ajour::oci::BackOff;
using namespace std::chrono_literals;

namespace {

constexpr BackOff::Instant start{1000h};

TEST(BackOff, does_not_rest_before_a_failure) {
    EXPECT_FALSE(BackOff().rest(start));
}

TEST(BackOff, rests_as_long_as_it_is_asked_to_and_up_to_a_fifth_longer) {
    BackOff soon, late;
    soon.failed(start, 100s, 0, "429");
    late.failed(start, 100s, 1, "429");
    EXPECT_EQ(soon.rest(start)->left, 100s);
    EXPECT_EQ(late.rest(start)->left, 120s);
    EXPECT_TRUE(soon.rest(start + 99s));
    EXPECT_FALSE(soon.rest(start + 100s));
    EXPECT_EQ(soon.rest(start)->reason, "429");
}

TEST(BackOff, doubles_from_failure_to_failure_up_to_five_minutes) {
    BackOff back_off;
    auto now = start;
    for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s}) {
        back_off.failed(now, 0s, 1, "");
        EXPECT_EQ(back_off.rest(now)->left, expected);
        now += expected;
    }
    back_off.succeeded();
    back_off.failed(now, 0s, 1, "");
    EXPECT_EQ(back_off.rest(now)->left, 1s);
}

TEST(BackOff, counts_those_that_fail_together_once) {
    BackOff back_off;
    for (int i = 0; i < 10; ++i) back_off.failed(start, 0s, 1, "");
    EXPECT_EQ(back_off.rest(start)->left, 1s);
}

TEST(BackOff, is_not_shortened_by_a_later_failure) {
    BackOff back_off;
    back_off.failed(start, 100s, 0, "");
    back_off.failed(start + 1s, 2s, 0, "");
    EXPECT_EQ(back_off.rest(start + 1s)->left, 99s);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "token_bucket.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using std::chrono::milliseconds;

TEST(TokenBucket, gives_so_many_a_second) {
    TokenBucket bucket(10);
    TokenBucket::Instant now = TokenBucket::Instant{} + std::chrono::hours(1);
    int given = 0;
    for (int i = 0; i < 3000; ++i, now += milliseconds(1)) {
        if (!bucket.ready(now)) continue;
        bucket.take(now);
        ++given;
    }
    EXPECT_GE(given, 38);
    EXPECT_LE(given, 40);
}

TEST(TokenBucket, holds_no_more_than_a_second) {
    TokenBucket bucket(5);
    const TokenBucket::Instant now = TokenBucket::Instant{} + std::chrono::hours(1);
    (void)bucket.ready(now);
    int given = 0;
    for (; bucket.ready(now + std::chrono::hours(1)); ++given)
        bucket.take(now + std::chrono::hours(1));
    EXPECT_EQ(given, 5);
}

TEST(TokenBucket, pays_its_debt) {
    TokenBucket bucket(10);
    const TokenBucket::Instant now = TokenBucket::Instant{} + std::chrono::hours(1);
    for (int i = 0; i < 20; ++i) bucket.take(now);
    EXPECT_FALSE(bucket.ready(now + milliseconds(1000)));
    EXPECT_TRUE(bucket.ready(now + milliseconds(1200)));
}

}  // namespace
}  // namespace ajour::hawkbit

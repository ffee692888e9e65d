// SPDX-License-Identifier: Apache-2.0
#include "recent_logins.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ajour::broker {
namespace {

using std::chrono::seconds;

struct RecentLoginsTest : testing::Test {
    RecentLogins recent{seconds(5), 3};
    Instant now{seconds(1000)};
};

TEST_F(RecentLoginsTest, are_known_with_their_password_only) {
    recent.remember("a/b", "secret", now);
    EXPECT_TRUE(recent.knows("a/b", "secret", now));
    EXPECT_FALSE(recent.knows("a/b", "guess", now));
    EXPECT_FALSE(recent.knows("a/c", "secret", now));
    EXPECT_FALSE(recent.knows("a/bs", "ecret", now));
}

TEST_F(RecentLoginsTest, are_forgotten_after_their_age_also_when_they_come_again) {
    recent.remember("a/b", "secret", now);
    recent.remember("a/b", "secret", now + seconds(4));
    EXPECT_TRUE(recent.knows("a/b", "secret", now + seconds(4)));
    EXPECT_FALSE(recent.knows("a/b", "secret", now + seconds(5)));
    EXPECT_EQ(recent.size(), 0U);
}

TEST_F(RecentLoginsTest, are_bounded_and_the_oldest_goes_first) {
    for (int i = 0; i < 1000; ++i) recent.remember("a/" + std::to_string(i), "secret", now);
    EXPECT_EQ(recent.size(), 3U);
    EXPECT_FALSE(recent.knows("a/996", "secret", now));
    for (const auto* user : {"a/997", "a/998", "a/999"}) {
        EXPECT_TRUE(recent.knows(user, "secret", now)) << user;
    }
}

TEST_F(RecentLoginsTest, are_none_when_they_may_not_age) {
    RecentLogins none{seconds(0), 3};
    none.remember("a/b", "secret", now);
    EXPECT_FALSE(none.knows("a/b", "secret", now));
    EXPECT_EQ(none.size(), 0U);
}

}  // namespace
}  // namespace ajour::broker

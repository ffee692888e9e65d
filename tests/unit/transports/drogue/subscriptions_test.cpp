// SPDX-License-Identifier: Apache-2.0
#include "subscriptions.hpp"

#include <gtest/gtest.h>

namespace ajour::drogue {
namespace {

using std::chrono::seconds;
using Names = std::vector<std::string>;

const Subscriptions::Moment now{};

TEST(Subscriptions, are_asked_for_once) {
    Subscriptions subscriptions(seconds(60));
    subscriptions.restart({"app/a", "app/b"});
    const auto change = subscriptions.change_to({"app/a", "app/b"}, now);
    EXPECT_EQ(change.begin, Names());
    EXPECT_EQ(change.end, Names());
}

TEST(Subscriptions, follow_what_is_wanted) {
    Subscriptions subscriptions(seconds(60));
    subscriptions.restart({"app/a", "app/b"});
    auto change = subscriptions.change_to({"app/b", "app/c"}, now);
    EXPECT_EQ(change.begin, Names({"app/c"}));
    EXPECT_EQ(change.end, Names({"app/a"}));
    change = subscriptions.change_to({"app/b", "app/c"}, now);
    EXPECT_EQ(change.begin, Names());
    EXPECT_EQ(change.end, Names());
}

TEST(Subscriptions, are_asked_for_again_some_time_after_a_refusal) {
    Subscriptions subscriptions(seconds(60));
    subscriptions.restart({"app/a"});
    subscriptions.not_granted("app/a", now);
    EXPECT_EQ(subscriptions.refused(), 1U);
    EXPECT_EQ(subscriptions.change_to({"app/a"}, now + seconds(59)).begin, Names());
    EXPECT_EQ(subscriptions.change_to({"app/a"}, now + seconds(60)).begin, Names({"app/a"}));
    EXPECT_EQ(subscriptions.refused(), 0U);
    EXPECT_EQ(subscriptions.change_to({"app/a"}, now + seconds(120)).begin, Names());
}

TEST(Subscriptions, that_were_refused_are_not_given_up_but_forgotten) {
    Subscriptions subscriptions(seconds(60));
    subscriptions.restart({"app/a"});
    subscriptions.not_granted("app/a", now);
    subscriptions.not_granted("app/unknown", now);
    EXPECT_EQ(subscriptions.change_to({}, now).end, Names());
    EXPECT_EQ(subscriptions.refused(), 0U);
}

TEST(Subscriptions, begin_anew_with_each_connection) {
    Subscriptions subscriptions(seconds(60));
    subscriptions.restart({"app/a"});
    subscriptions.not_granted("app/a", now);
    subscriptions.restart({"app/a"});
    EXPECT_EQ(subscriptions.refused(), 0U);
}

}  // namespace
}  // namespace ajour::drogue

// SPDX-License-Identifier: Apache-2.0
#include "distribution/rests.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gmock/gmock.h>

using ajour::oci::Rests;
using testing::HasSubstr;
using namespace std::chrono_literals;

namespace {

constexpr Rests::Instant start{1000h};

struct RestsTest : testing::Test {
    ajour::sdk::contract::FakeHost host{{}, {}};
    Rests rests{100, host.metric("repositories_failing")};

    void fail(const std::string& repository, Rests::Failure failure = {0s, false, "status 500"}) {
        rests.failed(repository, failure, start, 1);
    }
};

TEST_F(RestsTest, are_of_the_repository_that_fails) {
    fail("ill");
    EXPECT_THAT(rests.rest("ill", start)->reason, HasSubstr("status 500"));
    EXPECT_FALSE(rests.rest("well", start));
    EXPECT_FALSE(rests.rest("ill", start + 1s));
}

TEST_F(RestsTest, grow_from_failure_to_failure_of_a_repository_though_others_answer) {
    fail("ill");
    rests.succeeded("well");
    rests.failed("ill", {0s, false, ""}, start + 1s, 1);
    EXPECT_EQ(rests.rest("ill", start + 1s)->left, 2s);
}

TEST_F(RestsTest, are_of_all_when_three_repositories_fail_in_a_row) {
    fail("one");
    fail("two");
    fail("two");
    EXPECT_FALSE(rests.rest("well", start));
    fail("three");
    EXPECT_THAT(rests.rest("well", start)->reason, HasSubstr("the OCI registry fails: status 500"));
}

TEST_F(RestsTest, are_not_of_all_while_any_repository_answers) {
    for (const auto* name : {"one", "two", "three", "four", "five"}) {
        fail(name);
        rests.succeeded("well");
    }
    EXPECT_FALSE(rests.rest("well", start));
}

TEST_F(RestsTest, are_of_all_when_it_limits_its_clients) {
    fail("one", {60s, true, "status 429"});
    EXPECT_GE(rests.rest("well", start)->left, 60s);
}

TEST_F(RestsTest, last_an_hour_and_a_fifth_at_the_most) {
    fail("one", {86400s, true, "status 429"});
    EXPECT_EQ(rests.rest("well", start)->left, 4320s);
}

TEST_F(RestsTest, end_with_a_push) {
    for (const auto* name : {"one", "two", "three"}) fail(name);
    rests.wake("one");
    EXPECT_FALSE(rests.rest("one", start));
    EXPECT_FALSE(rests.rest("well", start));
    EXPECT_TRUE(rests.rest("two", start));
}

TEST_F(RestsTest, go_on_in_spite_of_a_push_when_it_limits_its_clients) {
    fail("one", {60s, true, "status 429"});
    rests.wake("one");
    EXPECT_TRUE(rests.rest("one", start));
}

TEST_F(RestsTest, are_remembered_of_a_bounded_number_of_repositories) {
    for (int i = 0; i < 300; ++i) fail("r" + std::to_string(i));
    EXPECT_EQ(host.metric("repositories_failing").value(), 100);
}

}  // namespace

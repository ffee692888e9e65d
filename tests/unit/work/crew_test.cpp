// SPDX-License-Identifier: Apache-2.0
#include "work/crew.hpp"

#include "support/await.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace ajour::work {

namespace {

using support::Gate;

TEST(Crew, does_what_is_posted_in_order) {
    Crew crew("test", 1, 10);
    std::vector<int> done;
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(crew.post([&done, i] { done.push_back(i); }));
    ASSERT_TRUE(support::drain(crew));
    EXPECT_EQ(done, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Crew, refuses_what_does_not_fit_the_queue) {
    Crew crew("test", 1, 2);
    Gate gate(false);
    ASSERT_TRUE(crew.post([&gate] { gate.pass(); }));
    ASSERT_TRUE(support::await([&gate] { return gate.waiting() == 1; }));
    EXPECT_TRUE(crew.post([] {}));
    EXPECT_TRUE(crew.post([] {}));
    EXPECT_EQ(crew.waiting(), 2U);
    EXPECT_FALSE(crew.post([] {}));
    gate.open();
}

TEST(Crew, works_on_as_many_tasks_at_once_as_it_has_threads) {
    Crew crew("test", 3, 10);
    Gate gate(false);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(crew.post([&gate] { gate.pass(); }));
    EXPECT_TRUE(support::await([&gate] { return gate.waiting() == 3; }));
    gate.open();
}

TEST(Crew, drops_what_waits_when_it_is_stopped_and_ends_what_runs) {
    Crew crew("test", 1, 10);
    Gate gate(false);
    std::atomic<int> done = 0;
    ASSERT_TRUE(crew.post([&] {
        gate.pass();
        ++done;
    }));
    ASSERT_TRUE(support::await([&gate] { return gate.waiting() == 1; }));
    ASSERT_TRUE(crew.post([&done] { done += 100; }));
    std::jthread opener([&gate, &crew] {
        (void)support::await([&crew] { return crew.waiting() == 0; });
        gate.open();
    });
    crew.stop();
    EXPECT_EQ(done, 1);
}

TEST(Crew, takes_nothing_after_stop_and_stops_twice) {
    Crew crew("a name longer than the kernel's", 2, 10);
    crew.stop();
    EXPECT_FALSE(crew.post([] {}));
    crew.stop();
}

TEST(Crew, releases_what_a_dropped_task_holds) {
    auto held = std::make_shared<int>(1);
    {
        Crew crew("test", 1, 10);
        Gate gate(false);
        ASSERT_TRUE(crew.post([&gate] { gate.pass(); }));
        ASSERT_TRUE(support::await([&gate] { return gate.waiting() == 1; }));
        ASSERT_TRUE(crew.post([held] {}));
        gate.open();
    }
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace

}  // namespace ajour::work
